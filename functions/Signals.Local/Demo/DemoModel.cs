using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Model.Reading;

namespace Signals.Local.Demo;

/// <summary>The value model of Nimbus, as it stands in samples/nimbus.json.</summary>
public static class DemoModel
{
    private const string Resource = "nimbus.json";

    /// <summary>The file's bytes, comments included.</summary>
    public static byte[] Json()
    {
        using var resource = typeof(DemoModel).Assembly.GetManifestResourceStream(Resource)!;
        byte[] json = new byte[resource.Length];
        resource.ReadExactly(json);
        return json;
    }

    public static ValueModel Read() =>
        ValueModelReader.Read(Json(), CauseCatalogue.All).Model
        ?? throw new InvalidOperationException($"The embedded {Resource} is not a valid model.");
}
