using System.Globalization;
using Signals.Core.Response.Outreach;
using Signals.Local.CommandLine;
using Signals.Local.Demo;
using Signals.Local.Tests.Storage;

namespace Signals.Local.Tests.Demo;

[Collection(PlayedDemoTests.Name)]
public sealed class DemoCommandTests(PlayedDemo demo)
{
    [Fact]
    public void Once_ends_well_and_prints_what_the_data_folder_holds()
    {
        Assert.Equal(ExitCodes.Ok, demo.ExitCode);
        Assert.Contains(DemoSummaryText.Of(demo.Summary), demo.Output, StringComparison.Ordinal);
        Assert.Contains(demo.Summary.Folded.ToString("N0", CultureInfo.InvariantCulture), demo.Output, StringComparison.Ordinal);
        Assert.Contains(demo.Folder, demo.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_event_of_the_story_is_folded_once()
    {
        long told = demo.Story.Tell().Sum(day => (long)day.InOrder().Count);

        Assert.Equal(told, demo.Summary.Folded);
        Assert.Equal(0, demo.Summary.Duplicates);
        Assert.Equal(0, demo.Summary.Quarantined);
    }

    [Fact]
    public void The_outbox_holds_one_file_for_each_mail_that_was_sent()
    {
        int sent = demo.Summary.Outreach.Count(record => record.State == OutreachState.Sent);

        Assert.Equal(sent, Directory.GetFiles(Path.Combine(demo.Folder, "outbox"), "*.eml").Length);
    }

    [Fact]
    public void The_folder_holds_the_model_so_that_serve_goes_on_with_it() =>
        Assert.Equal(DemoModel.Json(), File.ReadAllBytes(Path.Combine(demo.Folder, "model.json")));

    [Fact]
    public async Task A_folder_that_holds_data_is_refused_and_left_as_it_was()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("signals.db"), "precious", TestContext.Current.CancellationToken);

        int exitCode = await SignalsCommand.RunAsync(["demo", "--once", "--data", folder.Path]);

        Assert.Equal(ExitCodes.BadInput, exitCode);
        Assert.Equal(["signals.db"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
        Assert.Equal("precious", await File.ReadAllTextAsync(folder.File("signals.db"), TestContext.Current.CancellationToken));
    }
}
