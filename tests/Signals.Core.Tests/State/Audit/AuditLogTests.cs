using Signals.Core.State.Audit;
using Signals.Testing.Storage;

namespace Signals.Core.Tests.State.Audit;

public sealed class AuditLogTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly InMemoryEntityStore _store = new();

    [Fact]
    public async Task What_was_done_reads_newest_first_across_months_and_processes()
    {
        await WriteAsync(Noon.AddDays(-40), "first");
        await WriteAsync(Noon.AddMinutes(-1), "second");
        await WriteAsync(Noon.AddDays(-1), "between");
        await WriteAsync(Noon, "last");

        var page = await new AuditLog(_store).ReadAsync(after: null, 10, TestContext.Current.CancellationToken);

        Assert.Equal(["last", "second", "between", "first"], page.Entries.Select(entry => entry.Subject));
        Assert.Equal(new AuditEntry(Noon, "cs@nimbus.example", "alert.acknowledged", "last", "on it"), page.Entries[0]);
        Assert.Null(page.Next);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_cursor_goes_on_where_the_page_ended_whatever_was_added_meanwhile(int size)
    {
        for (int i = 0; i < 7; i++)
            await WriteAsync(Noon.AddDays(-9 * i), $"s{i}");
        var read = new List<string>();
        string? cursor = null;
        do
        {
            var page = await new AuditLog(_store).ReadAsync(cursor, size, TestContext.Current.CancellationToken);
            Assert.InRange(page.Entries.Count, 1, size);
            read.AddRange(page.Entries.Select(entry => entry.Subject));
            cursor = page.Next;
            await WriteAsync(Noon.AddDays(read.Count), "later");
        } while (cursor is not null);

        Assert.Equal(Enumerable.Range(0, 7).Select(i => $"s{i}"), read);
    }

    [Fact]
    public async Task Two_entries_of_one_moment_both_stay()
    {
        await WriteAsync(Noon, "one");
        await WriteAsync(Noon, "one");

        Assert.Equal(2, (await new AuditLog(_store).ReadAsync(null, 10, TestContext.Current.CancellationToken)).Entries.Count);
    }

    [Fact]
    public async Task Nothing_done_reads_as_nothing()
    {
        var page = await new AuditLog(_store).ReadAsync(null, 10, TestContext.Current.CancellationToken);

        Assert.Empty(page.Entries);
        Assert.Null(page.Next);
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_cut_between_characters()
    {
        string words = new string('x', 1999) + string.Concat(Enumerable.Repeat("\U0001F600", 9000));
        await new AuditLog(_store).WriteAsync(
            new AuditEntry(Noon, "link", "account.held", "acme", words),
            TestContext.Current.CancellationToken
        );

        var entry = Assert.Single((await new AuditLog(_store).ReadAsync(null, 10, TestContext.Current.CancellationToken)).Entries);

        Assert.Equal(new string('x', 1999), entry.Detail);
    }

    [Fact]
    public async Task A_page_reads_no_more_rows_than_it_shows_and_one()
    {
        for (int i = 0; i < 40; i++)
            await WriteAsync(Noon.AddSeconds(i), $"s{i}");
        var counting = new CountingStore(_store);

        await new AuditLog(counting).ReadAsync(null, 5, TestContext.Current.CancellationToken);

        // The month and six of its entries: five, and the one that says there are more.
        Assert.Equal(7, counting.Read.Entities);
    }

    private Task WriteAsync(DateTimeOffset at, string subject) =>
        new AuditLog(_store).WriteAsync(
            new AuditEntry(at, "cs@nimbus.example", "alert.acknowledged", subject, "on it"),
            TestContext.Current.CancellationToken
        );
}
