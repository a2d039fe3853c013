using System.Diagnostics;
using Signals.Core.Response.Links;
using Signals.Testing;

namespace Signals.Web.Tests.Help;

/// <summary>The recipes of docs/in-product-help.md make tokens that hold.</summary>
public sealed class DocumentedTokenTests
{
    private readonly HelpTokens _tokens = new(new LinkKeys(new byte[32]));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Node() => await HoldsAsync("node", "token-node", ".mjs", "console.log(helpToken(process.argv[2], process.argv[3]))");

    [Fact]
    public async Task Python() =>
        await HoldsAsync("python3", "token-python", ".py", "import sys\nprint(help_token(sys.argv[1], sys.argv[2]))");

    private async Task HoldsAsync(string program, string snippet, string ending, string call)
    {
        const string User = "ann ümlaut@acme";
        string file = Path.Combine(Path.GetTempPath(), $"signals-{Guid.NewGuid():N}{ending}");
        await File.WriteAllTextAsync(file, DocSnippet.Read("in-product-help.md", snippet) + "\n" + call + "\n", Cancel);
        try
        {
            var start = new ProcessStartInfo(program, [file, _tokens.Key, User]) { RedirectStandardOutput = true, UseShellExecute = false };
            using var process = Started(start);
            Assert.SkipWhen(process is null, $"There is no {program}.");
            string token = (await process!.StandardOutput.ReadToEndAsync(Cancel)).Trim();
            await process.WaitForExitAsync(Cancel);
            Assert.Equal(HelpTokenCheck.Good, _tokens.Check(token, User, DateTimeOffset.UtcNow));
            Assert.Equal(HelpTokenCheck.Forged, _tokens.Check(token, "ben", DateTimeOffset.UtcNow));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Process? Started(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
