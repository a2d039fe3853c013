using Signals.Local.CommandLine;
using Signals.Local.Demo;
using Signals.Local.Tests.Storage;

namespace Signals.Local.Tests.Demo;

public sealed class DemoFolderTests
{
    [Fact]
    public void A_temporary_folder_goes_with_the_demo()
    {
        string path;
        using (var folder = DemoFolder.Open(null))
        {
            path = folder.Path;
            File.WriteAllText(Path.Combine(path, "mail.eml"), "");
        }
        Assert.False(Directory.Exists(path));
    }

    [Fact]
    public void A_named_folder_is_made_and_stays()
    {
        using var parent = new TemporaryFolder();
        DemoFolder.Open(parent.File("data")).Dispose();

        Assert.True(Directory.Exists(parent.File("data")));
    }

    [Fact]
    public void A_folder_that_is_not_empty_is_refused_with_what_was_found()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("notes.txt"), "");

        var refusal = Assert.Throws<UsageException>(() => DemoFolder.Open(folder.Path));

        Assert.Contains("notes.txt", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_no_folder()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("notes.txt"), "");

        Assert.Throws<UsageException>(() => DemoFolder.Open(folder.File("notes.txt")));
    }
}
