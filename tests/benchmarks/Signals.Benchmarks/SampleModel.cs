using Signals.Local.Demo;

namespace Signals.Benchmarks;

/// <summary>The model of Nimbus, as the app carries it along.</summary>
internal static class SampleModel
{
    private static readonly Lazy<string> Written = new(() =>
    {
        string file = System.IO.Path.GetTempFileName();
        File.WriteAllBytes(file, DemoModel.Json());
        return file;
    });

    public static string Path => Written.Value;
}
