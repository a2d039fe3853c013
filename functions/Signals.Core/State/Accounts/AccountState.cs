using System.Text.Json;
using Signals.Core.Intake.Events;
using Signals.Core.Platform.Serialization;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.State.Answers;
using Signals.Core.State.Assessments;
using Signals.Core.State.Histories;
using Signals.Core.State.Identity;
using Signals.Core.State.People;

namespace Signals.Core.State.Accounts;

/// <summary>
/// An account's own row. For a group it also holds the history of all its people together; a person's own account has that person's.
/// The row of a person's own account is their directory entry too: who they turned out to be, and which groups they belong to.
/// </summary>
public sealed class AccountState(AccountKey key, string id)
{
    /// <summary>
    /// 2: what was understood of words, and the plan by day. 3: what words are about. 4: a hold. 5: when events came last. 6:
    /// the price by day. 7: first answers to tickets.
    /// </summary>
    private const byte Schema = 7;
    private const int MaxGroups = 16;

    private readonly List<string> _groups = [];
    private AccountReview? _review;

    /// <summary>The review as its row holds it; null once it was set anew.</summary>
    private byte[]? _storedReview;

    public AccountKey Key { get; } = key;

    /// <summary>The id as the customer sent it: a group id, user id or anonymous id.</summary>
    public string Id { get; set; } = id;

    /// <summary>
    /// Account traits and facts. Of a person's own account, where groups are the accounts, facts alone: they move to the group.
    /// </summary>
    public Profile Profile { get; private init; } = new();

    /// <summary>Groups only: everything all people did. Empty for a person's own account.</summary>
    public History History { get; private set; } = new();

    /// <summary>Which plan it was on, by day; of a person's own account, like facts, until they move to the group.</summary>
    public PlanDays Plans { get; private init; } = new();

    /// <summary>What it paid a month, by day; as <see cref="Plans"/>.</summary>
    public PriceDays Prices { get; private init; } = new();

    public Tickets Tickets { get; private set; } = new();

    public Feedback Feedback { get; private set; } = new();

    /// <summary>True once anybody asked for help or answered a survey, as far as is kept.</summary>
    public bool WasHeard => Tickets.All.Count > 0 || Feedback.Answers.Count > 0;

    /// <summary>Own accounts: the groups the person belonged to, since when.</summary>
    public Memberships Memberships { get; private init; } = new();

    /// <summary>Own accounts: the person that this id turned out to be; later events of the id are theirs.</summary>
    public PersonKey? NamedAs { get; set; }

    /// <summary>
    /// Own accounts with <see cref="NamedAs"/> or <see cref="Memberships"/>: the history has moved there and nothing is left here.
    /// </summary>
    public bool Moved { get; set; }

    /// <summary>
    /// Own accounts: the groups in which the person has a row of their own, to be merged when the id turns out to be another's.
    /// </summary>
    public IReadOnlyList<string> Groups => _groups;

    /// <summary>How many person rows the account has.</summary>
    public int People { get; set; }

    /// <summary>When the first event arrived as it happened; null while all history was imported.</summary>
    public DateTimeOffset? FirstLiveAt { get; set; }

    /// <summary>The earliest wake-up known to stand in the due index for this account; null when there may be none.</summary>
    public DateTimeOffset? NextWake { get; set; }

    /// <summary>True when events were folded since the last review.</summary>
    public bool Changed { get; set; }

    /// <summary>When events were folded last; null in rows of earlier versions.</summary>
    public DateTimeOffset? FoldedAt { get; set; }

    /// <summary>Messages and alerts about the account as a whole, newest last.</summary>
    public List<OutreachMemory> Outreach { get; private set; } = [];

    /// <summary>
    /// The last review; null before the first. Read from its row when it is asked for: folding needs nothing of it. Throws
    /// <see cref="UnreadableRowException"/> when the row holds something else.
    /// </summary>
    public AccountReview? Review
    {
        get => _review ??= _storedReview is { Length: > 0 } stored ? ReadStored(stored, ReadReview) : null;
        set => (_review, _storedReview) = (value, null);
    }

    /// <summary>When the last review was, without reading all of it; throws as <see cref="Review"/> does.</summary>
    public DateTimeOffset? ReviewedAt =>
        _review is null && _storedReview is { Length: > 0 } stored ? ReadStored(stored, ReadReviewedAt) : _review?.ReviewedAt;

    /// <summary>While it stands, customers of the account get no messages; null when nobody holds them.</summary>
    public MessageHold? Hold { get; set; }

    public string ETag { get; set; } = "";

    /// <summary>When something was heard of the account last, by the times of events; null where nothing tells.</summary>
    public DateTimeOffset? HeardOfAt => ((DateTimeOffset?[])[History.Last, Profile.NewestAt, Memberships.NewestSince]).Max();

    /// <summary>True while events that name no group belong here.</summary>
    public bool IsHome => NamedAs is null && Memberships.IsEmpty;

    /// <summary>Own accounts: a server has said which group the person belongs to.</summary>
    public bool IsPlacedByServer => Profile[Traits.PlacedByServer] is not null;

    /// <summary>Notes that a server has said it; false when that is known.</summary>
    public bool PlaceByServer() => Profile.Set(Traits.PlacedByServer, "true", DateTimeOffset.UnixEpoch, 0);

    /// <summary>Takes the id as the customer writes it, if only its encoded form was known so far.</summary>
    public void TakeIdFrom(UsageEvent usageEvent)
    {
        if (Id != Key.ProvisionalId || Key.IsOf(Id))
            return;
        string? written =
            Key.IsGroup ? usageEvent.GroupId
            : Key.IsAnonymous ? usageEvent.AnonymousId
            : usageEvent.UserId;
        if (written is not null && Key.IsOf(written))
            Id = written;
    }

    /// <summary>Own accounts: there is no row here, nor in a group that a naming would merge.</summary>
    public bool HasNothingToMove => !IsHome && People == 0 && (NamedAs is null || (_groups.Count == 0 && Memberships.IsEmpty));

    public bool AddGroup(AccountKey group)
    {
        if (_groups.Contains(group.Value) || _groups.Count == MaxGroups)
            return false;
        _groups.Add(group.Value);
        return true;
    }

    /// <summary>Own accounts: forgets that the person belongs to a group that was erased; false when they never did.</summary>
    public bool ForgetGroup(AccountKey group)
    {
        bool changed = Memberships.Forget(group) | _groups.Remove(group.Value);
        // Who belongs nowhere any more gathers their history here again, until the next group takes it over.
        Moved &= !IsHome;
        return changed;
    }

    /// <summary>
    /// Takes over the groups of an id that turned out to be this person; a person without a group joins the first of an anonymous id's.
    /// True when that changes anything.
    /// </summary>
    public bool Inherit(AccountState named)
    {
        bool changed = Memberships.MergeFrom(named.Memberships);
        changed |= named.IsPlacedByServer && PlaceByServer();
        if (Memberships.IsEmpty && named.Groups.Count > 0)
            changed |= Memberships.Add(new AccountKey(named.Groups[0]), DateTimeOffset.MinValue, 0);
        foreach (string group in named.Groups)
            changed |= AddGroup(new AccountKey(group));
        return changed;
    }

    /// <summary>A copy whose messages may be changed for themselves; all else is shared with this one.</summary>
    public AccountState Copy()
    {
        var copy = (AccountState)MemberwiseClone();
        copy.Outreach = [.. Outreach];
        return copy;
    }

    /// <summary>
    /// The account as it was at the end of a day, as far as what is kept tells: what was done, asked and answered up to then. Traits and
    /// facts are those of now, but for the plan, which is known by day. To be read only.
    /// </summary>
    public AccountState AsOf(int day)
    {
        var then = Copy();
        then.History = History.UpTo(day);
        then.Tickets = Tickets.UpTo(Days.Start(day + 1));
        then.Feedback = Feedback.UpTo(Days.Start(day + 1));
        return then;
    }

    public byte[] Pack()
    {
        var writer = new PackWriter();
        writer.Byte(Schema);
        writer.Text(Id);
        Profile.Write(writer);
        Tickets.Write(writer);
        Feedback.Write(writer);
        Memberships.Write(writer);
        writer.Text(NamedAs?.Value);
        writer.Bool(Moved);
        writer.Count(_groups.Count);
        foreach (string group in _groups)
            writer.Text(group);
        writer.Count(People);
        writer.Time(FirstLiveAt ?? default);
        writer.Time(NextWake ?? default);
        writer.Bool(Changed);
        OutreachMemory.Write(writer, Outreach);
        History.Write(writer);
        Plans.Write(writer);
        MessageHold.Write(writer, Hold);
        writer.Time(FoldedAt ?? default);
        Prices.Write(writer);
        return writer.ToArray();
    }

    public byte[] PackReview() =>
        _storedReview ?? (_review is null ? [] : JsonSerializer.SerializeToUtf8Bytes(_review, AccountJson.Default.AccountReview));

    /// <summary>Reads a row's columns. Throws <see cref="InvalidDataException"/> when a newer version of Signals wrote them.</summary>
    public static AccountState Unpack(AccountKey key, ReadOnlySpan<byte> state, byte[] review, string etag)
    {
        var reader = new PackReader(state);
        byte schema = reader.Byte();
        SchemaVersion.Check(schema, Schema, "account");
        string id = reader.Text() ?? "";
        var profile = Profile.Read(ref reader);
        var tickets = Tickets.Read(ref reader, withWords: schema >= 2, withThemes: schema >= 3, withAnswers: schema >= 7);
        var feedback = Feedback.Read(ref reader, withWords: schema >= 2, withThemes: schema >= 3);
        var memberships = Memberships.Read(ref reader);
        string? namedAs = reader.Text();
        bool moved = reader.Bool();
        var groups = new List<string>();
        for (int count = reader.Count(); count > 0; count--)
            groups.Add(reader.Text() ?? "");
        int people = reader.Int();
        var firstLive = reader.Time();
        var nextWake = reader.Time();
        bool changed = reader.Bool();
        var outreach = OutreachMemory.Read(ref reader);
        var history = History.Read(ref reader);
        var account = new AccountState(key, id)
        {
            Profile = profile,
            Tickets = tickets,
            Feedback = feedback,
            Memberships = memberships,
            NamedAs = namedAs is null ? null : new PersonKey(namedAs),
            Moved = moved,
            People = people,
            FirstLiveAt = TimeOf(firstLive),
            NextWake = TimeOf(nextWake),
            Changed = changed,
            Outreach = outreach,
            History = history,
            Plans = schema >= 2 ? PlanDays.Read(ref reader) : new PlanDays(),
            Hold = schema >= 4 ? MessageHold.Read(ref reader) : null,
            FoldedAt = schema >= 5 ? TimeOf(reader.Time()) : null,
            Prices = schema >= 6 ? PriceDays.Read(ref reader) : PriceDays.Of(profile),
            _storedReview = review,
            ETag = etag,
        };
        account._groups.AddRange(groups);
        return account;
    }

    private static DateTimeOffset? TimeOf(DateTimeOffset read) => read == default ? null : read;

    private static AccountReview? ReadReview(byte[] stored) => JsonSerializer.Deserialize(stored, AccountJson.Default.AccountReview);

    /// <summary>It stands near the beginning.</summary>
    private static DateTimeOffset? ReadReviewedAt(byte[] stored)
    {
        var reader = new Utf8JsonReader(stored);
        while (reader.Read())
        {
            if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("reviewedAt"u8))
                return reader.Read() ? reader.GetDateTimeOffset() : null;
        }
        return null;
    }

    private T ReadStored<T>(byte[] stored, Func<byte[], T> read)
    {
        try
        {
            return read(stored);
        }
        catch (Exception fault) when (fault is JsonException or FormatException or InvalidOperationException)
        {
            throw new UnreadableRowException(Key.Value, AccountRows.AccountRow, fault);
        }
    }
}
