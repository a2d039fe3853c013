using System.Diagnostics;
using System.Text.Json;
using Signals.Testing;

namespace Signals.Local.Tests.Infrastructure;

/// <summary>
/// A fresh clone restores what its NuGet source has, in one go: the rooms that some sources cannot build, with their tests, or all but them
/// and one warning. What a source answers is played by commands that always succeed or fail.
/// </summary>
public sealed class RoomsTests : IDisposable
{
    private static readonly string[] Optional =
    [
        "Signals.Azure.Language",
        "Signals.Azure.Language.Tests",
        "Signals.Functions.Queues",
        "Signals.Functions.Queues.Tests",
    ];

    private readonly DirectoryInfo _rooms = Directory.CreateTempSubdirectory("signals-rooms-");

    public void Dispose() => _rooms.Delete(recursive: true);

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task A_first_restore_takes_the_rooms_that_its_source_serves_with_their_tests(string answer)
    {
        string graph = Path.Combine(_rooms.FullName, "graph.json");
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = Repository.Root,
        };
        foreach (
            string argument in (string[])
                [
                    "msbuild",
                    "Signals.sln",
                    "-target:GenerateRestoreGraphFile",
                    $"-property:RoomsFolder={_rooms.FullName}/",
                    $"-property:DOTNET_HOST_PATH={answer}",
                    $"-property:RestoreGraphOutputPath={graph}",
                    "-nologo",
                    "-nodeReuse:false",
                ]
        )
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, output);
        using var restored = JsonDocument.Parse(await File.ReadAllBytesAsync(graph, TestContext.Current.CancellationToken));
        string[] projects =
        [
            .. restored
                .RootElement.GetProperty("restore")
                .EnumerateObject()
                .Select(project => Path.GetFileNameWithoutExtension(project.Name)),
        ];
        Assert.Contains("Signals.Functions.Tests", projects);
        Assert.Equal(answer == "true" ? Optional : [], projects.Intersect(Optional).Order(StringComparer.Ordinal));
        Assert.Equal(answer == "false", output.Contains("warning ROOMS", StringComparison.Ordinal));
    }
}
