using Signals.Core.Model;
using Signals.Local.Hosting;
using Signals.Messages.Sources;

namespace Signals.Local.CommandLine;

/// <summary>Reads the model file that a command names, and the team's templates beside it.</summary>
public static class ModelArgument
{
    /// <summary>Throws <see cref="UsageException"/> listing every mistake.</summary>
    public static ValueModel Read(string path)
    {
        var reading = ValueModelReader.ReadFile(path);
        if (reading.Model is { } model)
            return model;
        string mistakes = string.Join("\n", reading.Errors.Select(error => $"  {error}"));
        throw new UsageException($"the model {path} has {reading.Errors.Count} {(reading.Errors.Count == 1 ? "mistake" : "mistakes")}:\n{mistakes}");
    }

    /// <summary>The embedded templates, under those of the folder <c>templates</c> beside the model file where there is one.</summary>
    public static TemplateSource Templates(string modelPath)
    {
        string folder = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(modelPath))!, LocalHost.TemplatesFolder);
        return Directory.Exists(folder) ? TemplateSource.WithFolder(folder) : TemplateSource.Embedded;
    }
}
