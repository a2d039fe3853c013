using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Signals.Core.Intake.Events;
using Signals.Core.Model;
using Signals.Core.Model.Doors;
using Signals.Core.Platform.Addresses;

namespace Signals.Core.Intake.Doors;

/// <summary>Makes the events that one event of another service becomes.</summary>
internal sealed class DoorEvents(
    ValueModel model,
    IntakeRules rules,
    Door door,
    DoorExtract extract,
    JsonElement payload,
    DateTimeOffset receivedAt
)
{
    private const int IdBytes = 16;

    /// <summary>What stands before an id of the service's, at most.</summary>
    private const int Room = 80;

    private readonly List<UsageEvent> _made = [];
    private readonly Dictionary<string, int> _used = new(StringComparer.Ordinal);
    private readonly HashSet<string> _linked = new(StringComparer.Ordinal);
    private string _key = "";
    private DateTimeOffset _at;

    public IReadOnlyList<UsageEvent> Made => _made;

    /// <summary>The first thing that could not be understood; null while everything could.</summary>
    public string? Fault { get; private set; }

    /// <summary>Reads when it happened; what is wrong with that, or null.</summary>
    public string? Begin(string key)
    {
        _key = key;
        _at = receivedAt;
        if (door.Time is not { } time)
            return null;
        var taken = extract.Take(time, payload);
        if (taken.Found is not null)
            return $"time ({time.Written}): found {taken.Found}, expected {taken.Expected}";
        if (taken.Moment is not { } moment)
            return null;
        if (moment < EventLimits.Earliest)
            return $"time ({time.Written}): found {moment:yyyy-MM-dd}, expected a date from 2000 on";
        if (moment > receivedAt + EventLimits.MaxAhead)
            return $"time ({time.Written}): found {moment:yyyy-MM-ddTHH:mm:ssZ}, expected one at most 24 hours ahead";
        _at = moment < receivedAt ? moment : receivedAt;
        return null;
    }

    public void Add(DoorRule rule)
    {
        var set = SetOf(rule);
        if (DoorTargets.NeedOf(rule.To) is { } need && !set.ContainsKey(need))
            return;
        if (WhoseOf(rule) is not { } who)
            return;
        AddLink(who);
        bool saysNothing = set.Count == 0 && rule.To is DoorTarget.Account or DoorTarget.Person;
        if (saysNothing)
            return;
        bool isPerson = rule.To == DoorTarget.Person;
        var made = NewEvent(isPerson ? EventType.Identify : EventType.Track, rule.Event ?? DoorTargets.NameOf(rule.To), who);
        _made.Add(
            made with
            {
                // Whoever pays is known by the service's own id; who asks or answers is somebody with an address.
                AnonymousId =
                    made.UserId is not null ? null
                    : IsOfAccount(rule.To) ? who.Link ?? made.AnonymousId
                    : made.AnonymousId,
                Name = isPerson ? "" : EventNameOf(rule),
                Payload = Json(rule, set),
            }
        );
    }

    private Dictionary<string, DoorTaken> SetOf(DoorRule rule)
    {
        var set = new Dictionary<string, DoorTaken>(StringComparer.Ordinal);
        foreach (var (name, value) in rule.Set)
        {
            var taken = extract.Take(value, payload);
            if (taken.IsThere)
                set[name] = taken;
            else if (taken.Found is not null)
                Fault ??= $"{DoorTargets.NameOf(rule.To)}.{name} ({value.Written}): found {taken.Found}, expected {taken.Expected}";
        }
        return set;
    }

    /// <summary>Whose it is; null, and a fault, for nobody's.</summary>
    private DoorWho? WhoseOf(DoorRule rule)
    {
        var whose = rule.Whose.Over(door.Whose);
        string? account = IdOf("account", whose.Account),
            user = IdOf("user", whose.User),
            link = IdOf("link", whose.Link),
            email = whose.Email is { } at ? extract.Take(at, payload).Text : null;
        var mailbox = Mailbox.Parse(email) is { } read && read.Identity.Length <= EventLimits.MaxIdChars - Room ? read : null;
        if (model.Accounts == AccountsMode.Person)
            (account, user) = (null, user ?? account);
        if (account is null && user is null && link is null && mailbox is null)
        {
            string found = email is null ? "nobody" : $"'{(email.Length > 60 ? email[..60] + "…" : email)}', which is no mail address";
            Fault ??= $"whose it is: found {found}, expected an id or an address ({whose.Written})";
            return null;
        }
        return new DoorWho(
            account,
            user,
            mailbox is null ? null : DoorIds.OfMail(mailbox),
            link is null ? null : DoorIds.Of(door.Id, link)
        );
    }

    private string? IdOf(string what, DoorValue? value)
    {
        if (value is null || extract.Take(value, payload).Text?.Trim() is not { } id)
            return null;
        if (id.Length <= EventLimits.MaxIdChars - Room && !rules.IsMeaningless(id))
            return id;
        string found = id.Length > EventLimits.MaxIdChars - Room ? $"{id.Length} characters" : $"'{id}'";
        Fault ??= $"{what} ({value.Written}): found {found}, expected the id of somebody or something";
        return null;
    }

    /// <summary>Says whose the service's own id is, as far as this event knows: later ones may know nothing else.</summary>
    private void AddLink(DoorWho who)
    {
        if (who.Link is not { } link || !_linked.Add(link))
            return;
        if (who.Account is { } account)
            _made.Add(NewEvent(EventType.Group, "link", who) with { UserId = null, AnonymousId = link, GroupId = account });
        else if (who.User is { } user)
            _made.Add(NewEvent(EventType.Identify, "link", who) with { UserId = user, AnonymousId = link });
        else if (who.Mail is { } mail)
            _made.Add(NewEvent(EventType.Alias, "link", who) with { UserId = null, AnonymousId = mail, PreviousId = link });
    }

    private UsageEvent NewEvent(EventType type, string what, DoorWho who)
    {
        int before = _used.GetValueOrDefault(what);
        _used[what] = before + 1;
        return new UsageEvent
        {
            Type = type,
            MessageId = Bounded($"{door.Id}:{_key}:{what}{(before == 0 ? "" : $":{before + 1}")}"),
            UserId = who.User,
            AnonymousId = who.User is null ? who.Mail ?? who.Link ?? DoorIds.Of(door.Id, null) : null,
            GroupId = who.Account,
            Timestamp = _at,
            ReceivedAt = receivedAt,
            FromService = true,
            Library = $"door {door.Id}",
        };
    }

    private static string Bounded(string id) =>
        id.Length <= EventLimits.MaxMessageIdChars
            ? id
            : $"door-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, IdBytes))}";

    private static bool IsOfAccount(DoorTarget target) =>
        target is DoorTarget.Account or DoorTarget.PaymentFailed or DoorTarget.PaymentRecovered or DoorTarget.Left or DoorTarget.Returned;

    /// <summary>The model's name for it; of several the first.</summary>
    private string EventNameOf(DoorRule rule) =>
        rule.To switch
        {
            DoorTarget.Event => rule.Event!,
            DoorTarget.PaymentFailed => model.Billing.Failed[0],
            DoorTarget.PaymentRecovered => model.Billing.Recovered[0],
            DoorTarget.TicketOpened => model.Tickets.Opened[0],
            DoorTarget.TicketAnswered => model.Tickets.Answered[0],
            DoorTarget.TicketSolved => model.Tickets.Solved[0],
            DoorTarget.Nps => model.Feedback.Nps[0],
            DoorTarget.Csat => model.Feedback.Csat[0],
            DoorTarget.Ces => model.Feedback.Ces[0],
            DoorTarget.LeaveIntent => model.LeaveIntent[0],
            DoorTarget.Left => model.Churn.Events[0],
            DoorTarget.Returned => model.Churn.Returned[0],
            _ => DoorTargets.AccountEvent,
        };

    /// <summary>The property under which the model reads what is set.</summary>
    private string PropertyOf(DoorTarget target, string name) =>
        (target, name) switch
        {
            (DoorTarget.PaymentFailed or DoorTarget.PaymentRecovered, DoorTargets.Amount) => model.Billing.Amount ?? name,
            (DoorTarget.TicketOpened or DoorTarget.TicketAnswered or DoorTarget.TicketSolved, DoorTargets.TicketId) => model.Tickets.Id,
            (DoorTarget.TicketOpened, DoorTargets.TicketText) => model.Tickets.Text,
            (DoorTarget.Nps or DoorTarget.Csat or DoorTarget.Ces, DoorTargets.Score) => model.Feedback.Score,
            (DoorTarget.Nps or DoorTarget.Csat or DoorTarget.Ces, DoorTargets.Channel) => model.Feedback.Channel,
            (not (DoorTarget.Account or DoorTarget.Person or DoorTarget.Event), DoorTargets.Comment) => model.Feedback.Comment,
            (DoorTarget.Account, _) => FactOf(name),
            _ => name,
        };

    /// <summary>The property that holds a fact, where the model itself says what <c>$account</c> holds.</summary>
    private string FactOf(string name) =>
        model.Facts.First(fact => fact.Event == DoorTargets.AccountEvent).Properties.GetValueOrDefault(name) ?? name;

    private ReadOnlyMemory<byte> Json(DoorRule rule, Dictionary<string, DoorTaken> set)
    {
        if (set.Count == 0)
            return default;
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, taken) in set)
            {
                string property = PropertyOf(rule.To, name);
                if (taken.Number is { } number)
                    json.WriteNumber(property, number);
                else
                    json.WriteString(property, taken.Text);
            }
            json.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }
}

/// <summary>Whose an event is.</summary>
/// <param name="Account">The group's id.</param>
/// <param name="User">The user's id.</param>
/// <param name="Mail">The anonymous id of an address.</param>
/// <param name="Link">The anonymous id of the service's own.</param>
internal sealed record DoorWho(string? Account, string? User, string? Mail, string? Link);
