using Signals.Core.Platform.Time;
using Signals.Core.State.Audit;
using Signals.Local.CommandLine;
using Signals.Local.Hosting;
using Signals.Local.Storage;
using Signals.Local.Tests.Storage;
using Signals.Web.Security;

namespace Signals.Local.Tests.CommandLine;

/// <summary><c>signals tokens</c> on a data folder whose app is stopped.</summary>
public sealed class TokensCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly VirtualClock _clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    private string Data => _folder.File("data");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public TokensCommandTests()
    {
        PrivateFiles.Folder(Data);
        LocalKeys.Open(Data);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_token_is_made_printed_alone_listed_rotated_and_ended()
    {
        string secret = (await RunAsync("create", "ci-export", "--role", "manager", "--days", "30")).Trim();
        Assert.Matches("^st_[0-9a-f]{16}_[A-Za-z0-9_-]{43}$", secret);
        string list = await RunAsync("list");
        Assert.Equal($"ci-export\tmanager\t…{secret[^4..]}\tmade 2026-03-02\tnever used\tends 2026-04-01\n", list.ReplaceLineEndings("\n"));
        Assert.DoesNotContain(secret[20..], list, StringComparison.Ordinal);

        _clock.Advance(TimeSpan.FromMinutes(1));
        string next = (await RunAsync("rotate", "ci-export", "--keep-hours", "1")).Trim();
        Assert.NotEqual(secret, next);
        await RunAsync("end", "ci-export");

        using var database = SqliteDatabase.Open(Data);
        var store = new SqliteEntityStore(database);
        Assert.All(await new NamedTokens(store, _clock).ListAsync(Cancellation), token => Assert.False(token.IsValid(_clock.GetUtcNow())));
        var entries = (await new AuditLog(store).ReadAsync(null, 10, Cancellation)).Entries;
        Assert.Equal(["token.created", "token.ended", "token.ended", "token.rotated"], entries.Select(entry => entry.Action).Order());
        Assert.All(entries, entry => Assert.Equal(("command-line", "ci-export"), (entry.Who, entry.Subject)));
    }

    [Theory]
    [InlineData("--role: found 'owner', expected reader, manager or admin", "create", "ci", "--role", "owner")]
    [InlineData("A token's life: found 0 days, expected 1 to 366.", "create", "ci", "--days", "0")]
    [InlineData("found no valid token 'ci'; signals tokens list names those there are", "end", "ci")]
    [InlineData("found no valid token 'ci'; signals tokens list names those there are", "rotate", "ci")]
    public async Task What_cannot_be_is_told_in_one_line(string expected, params string[] args)
    {
        var refusal = await Assert.ThrowsAsync<UsageException>(() => RunAsync(args));
        Assert.Equal(expected, refusal.Message);
    }

    private Task<string> RunAsync(params string[] args) => TokensCommand.Create(_clock).OutputOfAsync([.. args, "--data", Data]);
}
