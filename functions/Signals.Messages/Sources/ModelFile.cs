using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Model.Reading;

namespace Signals.Messages.Sources;

/// <summary>A team's value model and the templates beside it, as every host reads them.</summary>
public static class ModelFile
{
    /// <summary>The folder of a team's own message templates, beside the model file.</summary>
    public const string TemplatesFolder = "templates";

    /// <exception cref="ModelFileException">Lists every mistake.</exception>
    public static ValueModel Read(string path)
    {
        var reading = ValueModelReader.ReadFile(path, CauseCatalogue.All);
        return reading.Model ?? throw new ModelFileException(path, reading.Errors);
    }

    /// <summary>
    /// The embedded templates, under those of the folder <see cref="TemplatesFolder"/> beside the model file where there is one.
    /// </summary>
    /// <exception cref="Core.Response.Messages.TemplateException">The folder holds a file that can't be a template.</exception>
    public static TemplateSource Templates(string modelPath)
    {
        string folder = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(modelPath))!, TemplatesFolder);
        return Directory.Exists(folder) ? TemplateSource.WithFolder(folder) : TemplateSource.Embedded;
    }
}

/// <summary>A model file that cannot be used.</summary>
public sealed class ModelFileException(string path, IReadOnlyList<ModelError> errors)
    : Exception(
        $"the model {path} has {errors.Count} {(errors.Count == 1 ? "mistake" : "mistakes")}:\n"
            + string.Join('\n', errors.Select(error => $"  {error.In(path)}"))
    )
{
    public IReadOnlyList<ModelError> Errors { get; } = errors;
}
