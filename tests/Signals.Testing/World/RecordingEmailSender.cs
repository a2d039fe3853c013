using System.Collections.Concurrent;
using Signals.Core.Response.Mail;

namespace Signals.Testing.World;

/// <summary>Keeps the mails that leave; what it answers, and whether it dies before or after a mail left, is scripted.</summary>
public sealed class RecordingEmailSender(TimeProvider clock) : IEmailSender
{
    private readonly ConcurrentQueue<SentMail> _left = new();

    public bool IsIdempotent { get; set; }

    /// <summary>What the provider says, by mail; a mail counts as left unless it was surely not sent.</summary>
    public Func<EmailMessage, SendOutcome> Answers { get; set; } = _ => new SendOutcome(SendStatus.Accepted);

    /// <summary>Throws to stand for a process that dies before the mail leaves.</summary>
    public Action<EmailMessage> BeforeLeaving { get; set; } = _ => { };

    /// <summary>Throws to stand for a process that dies when the mail has left.</summary>
    public Action<EmailMessage> AfterLeaving { get; set; } = _ => { };

    /// <summary>Everything that left, in order; an idempotent sender's repeated mail is here once.</summary>
    public IReadOnlyList<SentMail> Left => [.. IsIdempotent ? _left.DistinctBy(sent => sent.Mail.Id) : _left];

    public Task<SendOutcome> SendAsync(EmailMessage message, CancellationToken cancellationToken)
    {
        BeforeLeaving(message);
        var outcome = Answers(message);
        if (outcome.Status is SendStatus.Accepted or SendStatus.Unknown)
            _left.Enqueue(new SentMail(message, clock.GetUtcNow()));
        AfterLeaving(message);
        return Task.FromResult(outcome);
    }
}

/// <summary>A mail and when it left.</summary>
public sealed record SentMail(EmailMessage Mail, DateTimeOffset At)
{
    public string To => Mail.To.Address;
}
