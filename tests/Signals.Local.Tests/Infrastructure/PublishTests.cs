using System.Diagnostics;
using Signals.Testing;

namespace Signals.Local.Tests.Infrastructure;

/// <summary>An app without its queue triggers would accept events and never handle one: it must not be published.</summary>
public sealed class PublishTests : IDisposable
{
    private readonly DirectoryInfo _rooms = Directory.CreateTempSubdirectory("signals-rooms-");

    public void Dispose() => _rooms.Delete(recursive: true);

    [Fact]
    public async Task A_function_app_without_its_queue_triggers_is_refused()
    {
        var (exit, output) = await MsBuildAsync("PrepareForPublish");

        Assert.NotEqual(0, exit);
        Assert.Contains("cannot be published", output, StringComparison.Ordinal);
        Assert.Contains("Microsoft.Azure.Functions.Worker.Extensions.ServiceBus", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_with_them_is_not()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_rooms.FullName, "Signals.Functions.Queues.restored"),
            "",
            TestContext.Current.CancellationToken
        );

        var (exit, output) = await MsBuildAsync("RefuseToPublishWithoutTriggers");

        Assert.True(exit == 0, output);
    }

    private async Task<(int Exit, string Output)> MsBuildAsync(string target)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.Combine(Repository.Root, "functions", "Signals.Functions"),
        };
        foreach (
            string argument in (string[])
                ["msbuild", $"-target:{target}", $"-property:RoomsFolder={_rooms.FullName}/", "-nologo", "-nodeReuse:false"]
        )
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }
}
