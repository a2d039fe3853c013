using Signals.Core.Model.Reading;
using Signals.Core.Platform.Addresses;
using Signals.Core.Platform.Serialization;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.State.Histories;
using Signals.Core.State.Identity;

namespace Signals.Core.State.People;

/// <summary>Everything known of one person within one account. Changed in place by a fold or a review, then written as one row.</summary>
public sealed class PersonState(PersonKey key)
{
    /// <summary>The address that bounced, kept among the traits with when it did; another one may be good.</summary>
    public const string BouncedAddress = "~bounced";

    /// <summary>2: how people carry their account. 3: the roles they had, and whether they left.</summary>
    private const byte Schema = 3;
    private const int MaxMerged = 64;

    private readonly List<ulong> _merged = [];

    public PersonKey Key { get; } = key;

    public string? UserId { get; set; }

    public string? AnonymousId { get; set; }

    public Profile Profile { get; private init; } = new();

    public RoleTimes Roles { get; private init; } = new();

    public History History { get; private set; } = new();

    public PersonIds Ids { get; set; } = new();

    /// <summary>When the first event arrived as it happened, not as imported history; null while there was none.</summary>
    public DateTimeOffset? FirstLiveAt { get; set; }

    /// <summary>The day whose row in the account's due index names this person; null when none does.</summary>
    public int? DueDay { get; set; }

    /// <summary>What the last review found in this person; the account's counts are made of these.</summary>
    public PersonFinding Finding { get; set; } = PersonFinding.None;

    /// <summary>The person's newest messages, newest last.</summary>
    public List<OutreachMemory> Outreach { get; private set; } = [];

    /// <summary>True when a fold changed what the product says of whether the person wants mail, or their address; not stored.</summary>
    public bool HasNewWish { get; set; }

    /// <summary>
    /// When something was heard of the person last, by the times of their events; where nothing of them is kept, the day of the last one's
    /// arrival. Null where nothing tells.
    /// </summary>
    public DateTimeOffset? HeardOfAt =>
        ((DateTimeOffset?[])[History.Last, Profile.NewestAt]).Max()
        ?? Ids.Inline.All().Select(id => (DateTimeOffset?)Days.Start(id.Day)).Max();

    /// <summary>The row's version in the store; empty before it was first written.</summary>
    public string ETag { get; set; } = "";

    /// <summary>How many bytes the row had when it was read.</summary>
    public int StoredBytes { get; private init; }

    /// <summary>
    /// Where mail to the person goes, as SMTP takes it; null where the trait is missing or holds no one address that mail can be sent to.
    /// </summary>
    public string? Email => Mailbox.Parse(Profile[Traits.Email]) is { IsPlain: true } mailbox ? mailbox.Address : null;

    /// <summary>Why no mail can go to what the trait holds: what was found in which text. Null where it can, or there is no
    /// trait.</summary>
    public string? EmailProblem =>
        Profile[Traits.Email] is { } trait && ProblemOf(trait) is { } problem ? $"{problem}: {ModelNode.Quote(trait)}" : null;

    /// <summary>Why no mail can go to what a trait holds, in words that hold nothing of it; null where it can.</summary>
    public static string? ProblemOf(string emailTrait) =>
        Mailbox.TryParse(emailTrait, out var mailbox, out string problem) ? mailbox.Hindrance : problem;

    /// <summary>
    /// The person as they were at the end of a day, see <see cref="History.UpTo"/>; traits are those of now. To be read only.
    /// </summary>
    public PersonState AsOf(int day)
    {
        var then = (PersonState)MemberwiseClone();
        then.History = History.UpTo(day);
        return then;
    }

    /// <summary>True when that history was already merged into this person: a move is done once, whatever is retried.</summary>
    public bool HasMerged(string source) => _merged.Contains(MessageHash.Of(source));

    /// <summary>Remembers that a history was merged; of very many, the newest.</summary>
    public void NoteMerged(string source) => NoteMerged(MessageHash.Of(source));

    /// <summary>Takes over another state of the same person: history and ids, so that what comes again is still recognised.</summary>
    public void MergeFrom(PersonState other)
    {
        NoteIds(other.UserId, other.AnonymousId);
        Profile.MergeFrom(other.Profile);
        Roles.MergeFrom(other.Roles);
        History.MergeFrom(other.History);
        foreach (var (id, day, message) in other.Ids.All())
            Ids.Add(id, day, message);
        if (other.FirstLiveAt is { } live && (FirstLiveAt is null || live < FirstLiveAt))
            FirstLiveAt = live;
        Remember(other.Outreach);
        // What the other merged is in this one now, should the move that brought it there be under way still.
        foreach (ulong source in other._merged)
            NoteMerged(source);
    }

    /// <summary>
    /// Keeps the ids that an event named the person by: the user id of this key (an earlier one that an alias led here is not it), and of
    /// several anonymous ids the first in ordinal order, so that the order of arrival does not matter.
    /// </summary>
    public void NoteIds(string? userId, string? anonymousId)
    {
        if (UserId is null && !Key.IsAnonymous)
            UserId = Candidate(userId) ?? Candidate(Key.ProvisionalId);
        if (anonymousId is not null && (AnonymousId is null || string.CompareOrdinal(anonymousId, AnonymousId) < 0))
            AnonymousId = anonymousId;
    }

    private string? Candidate(string? userId) => userId is not null && PersonKey.User(userId) == Key ? userId : null;

    private void NoteMerged(ulong source)
    {
        if (_merged.Contains(source))
            return;
        if (_merged.Count == MaxMerged)
            _merged.RemoveAt(0);
        _merged.Add(source);
    }

    /// <summary>A copy whose finding, due day and messages may be changed for themselves; all else is shared with this one.</summary>
    public PersonState Copy()
    {
        var copy = (PersonState)MemberwiseClone();
        copy.Outreach = [.. Outreach];
        return copy;
    }

    /// <summary>Adds to the person's messages, oldest forgotten first.</summary>
    public void Remember(params IEnumerable<OutreachMemory> outreach) => OutreachMemory.Add(Outreach, outreach);

    public byte[] Pack()
    {
        var writer = new PackWriter();
        writer.Byte(Schema);
        writer.Text(UserId);
        writer.Text(AnonymousId);
        Profile.Write(writer);
        writer.Time(FirstLiveAt ?? default);
        writer.Signed(DueDay ?? -1);
        Finding.Write(writer);
        OutreachMemory.Write(writer, Outreach);
        writer.Count(_merged.Count);
        foreach (ulong source in _merged)
            writer.Fixed64(source);
        Roles.Write(writer);
        writer.Bool(Ids.Spilled);
        History.Write(writer);
        return writer.ToArray();
    }

    public byte[] PackIds()
    {
        if (Ids.Spilled)
            return [];
        var writer = new PackWriter();
        Ids.Inline.Write(writer);
        return writer.ToArray();
    }

    /// <summary>Reads a row's columns. Throws <see cref="InvalidDataException"/> when a newer version of Signals wrote them.</summary>
    public static PersonState Unpack(PersonKey key, ReadOnlySpan<byte> state, ReadOnlySpan<byte> ids, string etag)
    {
        var reader = new PackReader(state);
        byte schema = reader.Byte();
        SchemaVersion.Check(schema, Schema, "person");
        string? userId = reader.Text();
        string? anonymousId = reader.Text();
        var profile = Profile.Read(ref reader);
        var firstLive = reader.Time();
        long dueDay = reader.Signed();
        var finding = PersonFinding.Read(ref reader, withCarried: schema >= 2, withDeparture: schema >= 3);
        var outreach = OutreachMemory.Read(ref reader);
        var merged = new List<ulong>();
        for (int count = reader.Count(); count > 0; count--)
            merged.Add(reader.Fixed64());
        var roles = schema >= 3 ? RoleTimes.Read(ref reader) : new RoleTimes();
        bool spilled = reader.Bool();
        var history = History.Read(ref reader);
        var idReader = new PackReader(ids);
        var person = new PersonState(key)
        {
            UserId = userId,
            AnonymousId = anonymousId,
            Profile = profile,
            Roles = roles,
            History = history,
            Ids = PersonIds.Of(spilled || ids.IsEmpty ? new SeenIds() : SeenIds.Read(ref idReader), spilled),
            FirstLiveAt = firstLive == default ? null : firstLive,
            DueDay = dueDay < 0 ? null : (int)dueDay,
            Finding = finding,
            Outreach = outreach,
            ETag = etag,
            StoredBytes = state.Length + ids.Length,
        };
        person._merged.AddRange(merged);
        return person;
    }
}
