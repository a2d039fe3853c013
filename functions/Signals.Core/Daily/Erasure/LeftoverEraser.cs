using System.Text;
using Signals.Core.Daily.CustomerVoice;
using Signals.Core.Intake.Events;
using Signals.Core.Intake.Ingestion;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Messaging;
using Signals.Core.Processing.DeadLetters;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Identity;
using Signals.Core.State.WakeUps;

namespace Signals.Core.Daily.Erasure;

/// <summary>Takes people out of what stands in no table: dead letters, and copies of mails.</summary>
public sealed class LeftoverEraser(
    IDeadLetters letters,
    DeadLetterDesk desk,
    IMessageQueue queues,
    PipelineCounters counters,
    IKeptMail mails,
    VerbatimBook verbatims,
    Silence silence,
    TimeProvider clock
)
{
    private const int PageSize = 100;
    private const int MaxIdChars = 100;

    private static readonly char[] BetweenWords = [' ', '\'', '"', ',', ';', ':', '\n', '(', ')'];

    /// <summary>
    /// True when all that waited in the queues when somebody asked has been handled: what comes later is dropped when it is handled.
    /// </summary>
    internal async Task<bool> HasPassedAsync(DateTimeOffset askedAt, CancellationToken cancellationToken)
    {
        foreach (string queue in QueueNames.All)
        {
            if ((await queues.GetDepthAsync(queue, cancellationToken)).OldestEnqueuedAt <= askedAt)
                return false;
        }
        return true;
    }

    /// <summary>
    /// Dead letters lose what is theirs: what is left of one goes back to its queue, as if replayed, and the letter goes. One that nobody
    /// can read may hold anybody, and can never be replayed: it goes as a whole. Who was silent may come back by a letter that is replayed.
    /// </summary>
    internal async Task EraseDeadLettersAsync(ErasureSubjects all, CancellationToken cancellationToken)
    {
        var subjects = new ErasureSubjects([.. all.All.Where(subject => subject.SilentSince is null)]);
        if (subjects.All.Count == 0)
            return;
        foreach (string queue in QueueNames.All)
        {
            string? after = null;
            do
            {
                var page = await letters.ListAsync(queue, PageSize, after, cancellationToken);
                foreach (var letter in page.Messages)
                    await EraseAsync(letter, subjects, cancellationToken);
                after = page.Next;
            } while (after is not null);
        }
    }

    /// <summary>What was gathered of customers' words is gathered anew by the next pass, without theirs.</summary>
    internal async Task EraseWordsAsync(ErasureSubjects subjects, CancellationToken cancellationToken)
    {
        if (subjects.All.Any(subject => subject.Texts.Count > 0))
            await verbatims.ForgetAsync(cancellationToken);
    }

    /// <summary>Copies of mails go as a whole, whether they went to somebody or are about them.</summary>
    internal async Task EraseMailsAsync(ErasureSubjects subjects, CancellationToken cancellationToken)
    {
        await foreach (var mail in mails.ReadAllAsync(cancellationToken))
        {
            string? account = OutreachId.Parse(mail.Id)?.Account.Value;
            var subject = mail.To.Select(subjects.OfWord).FirstOrDefault(found => found is { SilentSince: null });
            subject ??= subjects.OfAccount(account);
            // Digests tell of all accounts; a copy with a name too long to be told may be about any.
            bool isOfAll = account is null || account.StartsWith("d_", StringComparison.Ordinal);
            subject ??= subjects.Without(mail.Text, isOfAll ? ErasureSubjects.AnyPlace : account).Subject;
            if (subject is null || await silence.IsBrokenAsync(subject, cancellationToken))
                continue;
            await mails.RemoveAsync(mail.Id, cancellationToken);
            subject.Removed++;
        }
    }

    private async Task EraseAsync(DeadLetter letter, ErasureSubjects subjects, CancellationToken cancellationToken)
    {
        var reason = ReasonOf(letter.Reason, subjects);
        var (rest, found) = letter.Queue switch
        {
            QueueNames.Usage => RestOfUsage(letter, subjects),
            QueueNames.Reviews => RestOfReviews(letter, subjects),
            QueueNames.Webhooks => ([], subjects.OfAccount(Encoding.UTF8.GetString(letter.Body.Span))),
            _ => RestOfOutreach(letter, subjects),
        };
        found ??= reason;
        if (found is null)
            return;
        bool isGone;
        if (rest.Count > 0 && desk.IsReplayable(letter))
        {
            await queues.SendAsync(letter.Queue, rest, cancellationToken);
            // What is theirs counts as what came later counts: dropped, and accounted for.
            if (letter.Queue == QueueNames.Usage)
                await counters.AddAsync(
                    [new MessageCount(letter.MessageId, letter.EnqueuedAt, letter.Items - rest.Sum(message => message.Items), 0, 0)],
                    cancellationToken
                );
            isGone = await letters.DiscardAsync(letter.Queue, letter.Id, cancellationToken);
        }
        else
        {
            isGone = await desk.DiscardAsync(letter.Queue, letter.Id, cancellationToken);
        }
        found.Removed++;
        // Gone by somebody else's hand, the next walk does not meet it; out of reach behind many others, it does.
        if (!isGone)
            found.Problem = "a dead letter could not be removed: replay or discard those before it";
    }

    private (IReadOnlyList<OutgoingMessage> Left, ErasureSubject? Found) RestOfUsage(DeadLetter letter, ErasureSubjects subjects)
    {
        EventBatch batch;
        try
        {
            batch = EventBatchCodec.Unpack(letter.Body);
        }
        catch (CorruptBatchException)
        {
            return ([], subjects.All.Count > 0 ? subjects.All[0] : null);
        }
        ErasureSubject? found = null;
        var events = batch.Events.Where(usageEvent => !IsOf(WhoseEvent(usageEvent, subjects), ref found)).ToList();
        var quarantined = batch
            .Quarantined.Where(held =>
                !IsOf(JsonEraser.Erase(Encoding.UTF8.GetBytes(held.Raw), subjects, null).Found.FirstOrDefault(), ref found)
            )
            .ToList();
        if (events.Count + quarantined.Count == 0)
            return ([], found);
        var packed = EventBatchCodec.Pack(new EventBatch(events, quarantined), clock.GetUtcNow());
        return ([.. packed.Select((message, part) => message with { MessageId = IdOf(letter, part) })], found);
    }

    private (IReadOnlyList<OutgoingMessage> Left, ErasureSubject? Found) RestOfReviews(DeadLetter letter, ErasureSubjects subjects)
    {
        if (ReviewMessage.Parse(letter.Body.Span) is not ReviewRequest.Of asked)
            return ([], null);
        ErasureSubject? found = null;
        AccountKey[] rest = [.. asked.Accounts.Where(account => !IsOf(subjects.OfAccount(account.Value), ref found))];
        return ([.. ReviewMessage.Pack(rest, clock.GetUtcNow(), asked.IsAsked)], found);
    }

    private static (IReadOnlyList<OutgoingMessage> Left, ErasureSubject? Found) RestOfOutreach(
        DeadLetter letter,
        ErasureSubjects subjects
    ) => ([], subjects.OfKey(Encoding.UTF8.GetString(letter.Body.Span)));

    private static ErasureSubject? WhoseEvent(UsageEvent usageEvent, ErasureSubjects subjects) =>
        (usageEvent.UserId is { } user ? subjects.OfPerson(PersonKey.User(user).Value) : null)
        ?? (usageEvent.AnonymousId is { } anonymous ? subjects.OfPerson(PersonKey.Anonymous(anonymous).Value) : null)
        ?? (usageEvent.PreviousId is { } previous ? subjects.OfWord(previous) : null)
        ?? (usageEvent.GroupId is { } group ? subjects.OfAccount(AccountKey.Group(group).Value) : null)
        ?? JsonEraser.Erase(usageEvent.Payload.Span, subjects, null).Found.FirstOrDefault();

    /// <summary>Faults are told with the keys of accounts and people in them.</summary>
    private static ErasureSubject? ReasonOf(string reason, ErasureSubjects subjects) =>
        subjects.Without(reason, null).Subject
        ?? reason
            .Split(BetweenWords, StringSplitOptions.RemoveEmptyEntries)
            .Select(word => subjects.OfKey(word.TrimEnd('.')))
            .FirstOrDefault(found => found is not null);

    private static bool IsOf(ErasureSubject? subject, ref ErasureSubject? found)
    {
        found ??= subject;
        return subject is not null;
    }

    private static string IdOf(DeadLetter letter, int part) =>
        $"{(letter.MessageId.Length > MaxIdChars ? letter.MessageId[..MaxIdChars] : letter.MessageId)}-rest{part}";
}
