using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Planning;
using Signals.Core.State.Identity;
using Signals.Core.State.People;

namespace Signals.Core.Response.Suppressions;

/// <summary>What one recipient wants and was sent lately.</summary>
public sealed record RecipientState(
    DateTimeOffset? SuppressedAt,
    string? SuppressedBy,
    IReadOnlyDictionary<string, DateTimeOffset> Topics,
    IReadOnlyList<RecipientSend> Sends,
    IReadOnlyDictionary<string, ProductWord>? Product = null
)
{
    /// <summary>Sends older than this no longer matter to any cap.</summary>
    public const int KeepDays = 400;
    private const int MaxSends = 100;
    private const int MaxWords = 64;

    /// <summary>How a wish that came by a link begins: from its page, or from the mailbox's own button.</summary>
    private static readonly string[] ByLink = ["page:", "one-click:"];

    private static readonly TimeSpan SendingRest = TimeSpan.FromMinutes(10);

    public static RecipientState Unknown { get; } = new(null, null, new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal), []);

    /// <summary>True when the recipient wants no mail on the topic, or none at all; null asks for the latter only.</summary>
    public bool IsSuppressed(string? topic) =>
        SuppressedAt is not null || (topic is not null && OutreachTopics.IsCovered(topic, Topics.ContainsKey));

    /// <summary>
    /// What a recipient stopped by a link, taken back: everything where it was that, and the kinds of mail. What a bounce, a complaint or
    /// an import stopped stays. Null when that changes nothing.
    /// </summary>
    public RecipientState? Resume()
    {
        bool byLink = SuppressedAt is not null && ByLink.Any(source => SuppressedBy?.StartsWith(source, StringComparison.Ordinal) == true);
        var topics = Topics.Where(topic => !OutreachTopics.Kinds.Contains(topic.Key)).ToDictionary(StringComparer.Ordinal);
        return !byLink && topics.Count == Topics.Count
            ? null
            : this with
            {
                SuppressedAt = byLink ? null : SuppressedAt,
                SuppressedBy = byLink && topics.Count == 0 ? null : SuppressedBy,
                Topics = topics,
            };
    }

    /// <summary>True when the product says of anybody at this address that they want no mail.</summary>
    public bool IsRefusedByProduct => Product?.Values.Any(word => word.IsRefusal) == true;

    /// <summary>Since when, by the event that said it first of those that stand.</summary>
    public DateTimeOffset? RefusedByProductAt =>
        IsRefusedByProduct ? Product!.Values.Where(word => word.IsRefusal).Min(word => word.At) : null;

    /// <summary>
    /// With what the product says of a person; null when that is nothing new. Consent is kept only where it takes back a refusal. Of very
    /// many words the oldest go, those that refuse last.
    /// </summary>
    public RecipientState? With(PersonKey person, IEnumerable<ProductWish> wishes)
    {
        // A hash: the key may hold an id, which must not outlast its person.
        string prefix = $"{MessageHash.Of(person.Value):x16}.";
        var words = new Dictionary<string, ProductWord>(Product ?? new Dictionary<string, ProductWord>(), StringComparer.Ordinal);
        bool isNews = false;
        foreach (var wish in wishes)
        {
            string name = prefix + wish.Source;
            bool isKnown = words.TryGetValue(name, out var known);
            if (isKnown ? !new Stamped(null, known!.At, known.Tie).IsOlderThan(wish.Said.At, wish.Said.Tie) : !wish.IsRefusal)
                continue;
            isNews |= !isKnown || known!.IsRefusal != wish.IsRefusal || wish.IsRefusal;
            words[name] = new ProductWord(wish.IsRefusal, wish.Said.At, wish.Said.Tie);
        }
        if (!isNews)
            return null;
        return this with
        {
            Product = words
                .OrderByDescending(word => word.Value.IsRefusal)
                .ThenByDescending(word => word.Value.At)
                .Take(MaxWords)
                .ToDictionary(StringComparer.Ordinal),
        };
    }

    public RecipientState Suppress(string? topic, string source, DateTimeOffset now) =>
        topic is null
            ? this with
            {
                SuppressedAt = now,
                SuppressedBy = source,
            }
            : this with
            {
                SuppressedBy = SuppressedBy ?? source,
                Topics = new Dictionary<string, DateTimeOffset>(Topics, StringComparer.Ordinal) { [topic] = now },
            };

    /// <summary>How the wish of who was erased came: by the erasure alone, or from themselves before it.</summary>
    public const string ByErasure = "erased";

    private const string BeforeErasure = "refused, then erased";

    /// <summary>
    /// Nothing but that there must be no mail, since a moment: what is kept of somebody who was erased, so that nobody writes again.
    /// Null where that is so already.
    /// </summary>
    public RecipientState? Erased(DateTimeOffset now) =>
        SuppressedBy is ByErasure or BeforeErasure && Topics.Count + Sends.Count + (Product?.Count ?? 0) == 0
            ? null
            : Unknown with
            {
                SuppressedAt = SuppressedAt ?? now,
                SuppressedBy =
                    SuppressedBy == ByErasure || (SuppressedAt is null && Topics.Count == 0 && !IsRefusedByProduct)
                        ? ByErasure
                        : BeforeErasure,
            };

    public bool SaysNothing => SuppressedAt is null && Topics.Count == 0 && Sends.Count == 0;

    /// <summary>With what another state of the same recipient says too; null when that is nothing new.</summary>
    public RecipientState? Adopt(RecipientState other)
    {
        bool isRefused = SuppressedAt is null && other.SuppressedAt is not null;
        var topics = other.Topics.Where(topic => !Topics.ContainsKey(topic.Key)).ToList();
        var sends = other.Sends.Where(send => !Sends.Any(known => known.OutreachId == send.OutreachId)).ToList();
        if (!isRefused && topics.Count == 0 && sends.Count == 0)
            return null;
        return this with
        {
            SuppressedAt = SuppressedAt ?? other.SuppressedAt,
            SuppressedBy = isRefused ? other.SuppressedBy : SuppressedBy ?? other.SuppressedBy,
            Topics = new Dictionary<string, DateTimeOffset>(Topics.Concat(topics), StringComparer.Ordinal),
            Sends = [.. Sends.Concat(sends).OrderBy(send => send.At).TakeLast(MaxSends)],
        };
    }

    /// <summary>Whether the outreach may be claimed now. Sends of unknown outcome count as sent.</summary>
    /// <param name="outreachId">What is to be sent.</param>
    /// <param name="topic">What it is about.</param>
    /// <param name="heedsProduct">Whether the product's word stops it as the recipient's own does.</param>
    /// <param name="cap">How many at most.</param>
    /// <param name="now">The moment of sending.</param>
    /// <param name="words">What it says, where nobody may hear that twice; else null.</param>
    public ClaimResult Check(string outreachId, string topic, bool heedsProduct, SendCap cap, DateTimeOffset now, MailWords? words = null)
    {
        var earlier = Sends.FirstOrDefault(send => send.OutreachId == outreachId);
        // A claim whose process died before it sent is no promise: who unsubscribed since then gets nothing.
        if ((IsSuppressed(topic) || (heedsProduct && IsRefusedByProduct)) && earlier is null or { State: OutreachState.Sending })
            return new ClaimResult(ClaimStatus.Suppressed);
        if (earlier is not null)
            return new ClaimResult(ClaimStatus.AlreadyClaimed, Earlier: earlier);
        if (words is { } said && Sends.Any(send => said.AreHeard(send, now)))
            return new ClaimResult(ClaimStatus.Heard);
        var counted = Sends.Where(send => send.At > now.AddDays(-cap.Days)).OrderBy(send => send.At).ToList();
        if (counted.Count < cap.Count)
            return new ClaimResult(ClaimStatus.Claimed);
        // One that is leaving just now may turn out not to: it is soon known whether there is room.
        bool mayEnd = counted.Exists(send => send.State == OutreachState.Sending);
        return new ClaimResult(ClaimStatus.Capped, mayEnd ? now + SendingRest : counted[^cap.Count].At.AddDays(cap.Days));
    }

    public RecipientState With(RecipientSend send, DateTimeOffset now) =>
        this with
        {
            Sends =
            [
                .. Sends
                    .Where(known => known.OutreachId != send.OutreachId && known.At > now.AddDays(-KeepDays))
                    .Append(send)
                    .TakeLast(MaxSends),
            ],
        };

    /// <summary>Without the sends that no longer matter; null where all do.</summary>
    public RecipientState? Pruned(DateTimeOffset now)
    {
        var kept = Sends.Where(send => send.At > now.AddDays(-KeepDays)).ToList();
        return kept.Count == Sends.Count ? null : this with { Sends = kept };
    }

    public RecipientState Without(string outreachId) => this with { Sends = [.. Sends.Where(send => send.OutreachId != outreachId)] };
}

/// <summary>What the product last said, by one trait, event or category, of one person at the address.</summary>
public sealed record ProductWord(bool IsRefusal, DateTimeOffset At, ulong Tie);

/// <summary>A send; <paramref name="Subject"/> and <paramref name="Text"/> are hashes of its words, 0 in older ones.</summary>
public sealed record RecipientSend(string OutreachId, DateTimeOffset At, OutreachState State, ulong Subject = 0, ulong Text = 0);

/// <summary>The words of a mail by their hashes: no text is sent twice to one person, and no subject twice within 90 days.</summary>
public sealed record MailWords(ulong Subject, ulong Text)
{
    /// <param name="mail">The mail as a preview shows it: without links that are each mail's own.</param>
    public static MailWords Of(RenderedMessage mail) => new(MessageHash.Of(mail.Subject), MessageHash.Of(mail.Text));

    /// <summary>
    /// What stands for the words of a survey, whichever account it is from: each is a text of its own, and all have one subject, so that
    /// nobody is asked twice within those days.
    /// </summary>
    public static MailWords OfSurvey(string outreachId) => new(MessageHash.Of("survey"), MessageHash.Of($"survey|{outreachId}"));

    public bool AreHeard(RecipientSend send, DateTimeOffset now) =>
        send.Text == Text || (send.Subject == Subject && send.At > now.AddDays(-MailThread.SubjectDays));
}

/// <summary>What became of a claim; when capped, <paramref name="Until"/> is the first moment that the cap allows.</summary>
public sealed record ClaimResult(ClaimStatus Status, DateTimeOffset? Until = null, RecipientSend? Earlier = null);

public enum ClaimStatus
{
    Claimed,
    Suppressed,
    Capped,

    /// <summary>The recipient was sent the same words before.</summary>
    Heard,
    AlreadyClaimed,
}
