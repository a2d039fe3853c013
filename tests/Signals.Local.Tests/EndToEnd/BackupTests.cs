using System.Net.Http.Headers;
using System.Text;
using Microsoft.Data.Sqlite;
using Signals.Local.Storage;
using Signals.Testing;

namespace Signals.Local.Tests.EndToEnd;

/// <summary>The backup that docs/operating.md describes: beside the running app, put back, and started.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("signals-live-").FullName;
    private readonly string _copy = Directory.CreateTempSubdirectory("signals-copy-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_copy_made_beside_the_running_app_holds_what_was_folded_and_goes_on()
    {
        await using (var app = await SignalsProcess.ServeAsync(_data, Repository.Sample("nimbus.json"), Cancel))
        {
            await SendAsync(app, "first", 40);
            await app.DrainedAsync(Cancel);
            Copy();
            await SendAsync(app, "later", 7);
            await app.KillAsync();
        }

        await using var restored = await SignalsProcess.ServeAsync(_copy, Repository.Sample("nimbus.json"), Cancel);
        var counts = await restored.DrainedAsync(Cancel);
        Assert.Equal((40, 40), (counts.Accepted, counts.Folded));
        // What the copy knows is known as a duplicate, and the rest is taken.
        await SendAsync(restored, "first", 40);
        await SendAsync(restored, "later", 7);
        counts = await restored.DrainedAsync(Cancel);
        Assert.Equal((87, 47, 40), (counts.Accepted, counts.Folded, counts.Duplicates));
    }

    public void Dispose()
    {
        Directory.Delete(_data, recursive: true);
        Directory.Delete(_copy, recursive: true);
    }

    /// <summary>What <c>sqlite3 signals.db ".backup copy.db"</c> does: SQLite's online backup, as of one moment.</summary>
    private void Copy()
    {
        using var from = new SqliteConnection($"Data Source={Path.Combine(_data, SqliteDatabase.FileName)};Mode=ReadOnly;Pooling=False");
        using var to = new SqliteConnection($"Data Source={Path.Combine(_copy, SqliteDatabase.FileName)};Pooling=False");
        from.Open();
        to.Open();
        from.BackupDatabase(to);
        File.Copy(Path.Combine(_data, "keys.json"), Path.Combine(_copy, "keys.json"));
    }

    private static async Task SendAsync(SignalsProcess app, string run, int events)
    {
        var batch = Enumerable
            .Range(0, events)
            .Select(i =>
                $$"""{ "type": "track", "event": "Report Shared", "userId": "u1", "messageId": "{{run}}-{{i}}", "context": { "groupId": "acme" } }"""
            );
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/batch")
        {
            Content = new StringContent($$"""{ "batch": [{{string.Join(',', batch)}}] }""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", SignalsProcess.WriteKey);
        using var response = await app.Client.SendAsync(request, Cancel);
        response.EnsureSuccessStatusCode();
    }
}
