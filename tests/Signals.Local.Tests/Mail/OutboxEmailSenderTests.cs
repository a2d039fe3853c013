using Signals.Core.Response.Mail;
using Signals.Local.Mail;
using Signals.Smtp;
using Signals.Testing.Mail;

namespace Signals.Local.Tests.Mail;

public sealed class OutboxEmailSenderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("signals-outbox-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_mail_is_a_file_named_by_its_id_with_the_bytes_of_the_mail()
    {
        var outbox = new OutboxEmailSender(_folder);

        var outcome = await outbox.SendAsync(Mails.Plain, TestContext.Current.CancellationToken);

        Assert.Equal(SendStatus.Accepted, outcome.Status);
        string file = Assert.Single(Directory.GetFiles(_folder));
        Assert.Equal("o-20260110-7f3a.eml", Path.GetFileName(file));
        Assert.Equal(MimeMessages.Write(Mails.Plain), await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_same_id_again_changes_nothing()
    {
        var outbox = new OutboxEmailSender(_folder);
        await outbox.SendAsync(Mails.Plain, TestContext.Current.CancellationToken);

        var again = await outbox.SendAsync(Mails.Plain with { Subject = "Another" }, TestContext.Current.CancellationToken);

        Assert.True(outbox.IsIdempotent);
        Assert.Equal(SendStatus.Accepted, again.Status);
        Assert.Equal(
            MimeMessages.Write(Mails.Plain),
            await File.ReadAllBytesAsync(outbox.PathOf(Mails.Plain.Id), TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task Many_at_once_with_some_ids_twice_leave_one_whole_file_each()
    {
        var outbox = new OutboxEmailSender(_folder, flush: false);

        var outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, 200)
                .Select(i => outbox.SendAsync(Mails.Plain with { Id = $"o-{i / 2}" }, TestContext.Current.CancellationToken))
        );

        Assert.All(outcomes, outcome => Assert.Equal(SendStatus.Accepted, outcome.Status));
        Assert.Equal(
            Enumerable.Range(0, 100).Select(i => $"o-{i}.eml").Order(StringComparer.Ordinal),
            Directory.GetFiles(_folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)
        );
        Assert.All(Directory.GetFiles(_folder), file => Assert.EndsWith("--\r\n", File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("../../escape")]
    [InlineData("/etc/cron.d/mail")]
    [InlineData("..")]
    public async Task An_id_cannot_leave_the_folder(string id)
    {
        var outbox = new OutboxEmailSender(_folder);

        await outbox.SendAsync(Mails.Plain with { Id = id }, TestContext.Current.CancellationToken);

        Assert.Equal(_folder, Path.GetDirectoryName(Path.GetFullPath(outbox.PathOf(id))));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_mail_that_cannot_be_written_is_refused_and_leaves_no_file()
    {
        var outcome = await new OutboxEmailSender(_folder).SendAsync(
            Mails.Plain with
            {
                To = new EmailAddress("nobody"),
            },
            TestContext.Current.CancellationToken
        );

        Assert.Equal(SendStatus.Refused, outcome.Status);
        Assert.Contains("'nobody'", outcome.Detail, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_folder_that_is_gone_is_transient()
    {
        string gone = Path.Combine(_folder, "gone");
        var outbox = new OutboxEmailSender(gone);
        Directory.Delete(gone);

        var outcome = await outbox.SendAsync(Mails.Plain, TestContext.Current.CancellationToken);

        Assert.Equal(SendStatus.Transient, outcome.Status);
    }
}
