using Signals.Core.Intake.Events;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.Processing.Folding;
using Signals.Core.State.Accounts;
using Signals.Core.State.Collection;
using Signals.Core.State.Identity;
using Signals.Core.State.People;
using Signals.Core.State.Seen;

namespace Signals.Backtesting;

/// <summary>
/// Folds history in memory as the service folds it: the same folder, states and identity rules under a virtual clock that follows the
/// events. Ids seen are forgotten as time passes, so that memory grows with people and not with events.
/// </summary>
public sealed class Replay(ValueModel model)
{
    /// <summary>Ids are forgotten every few days, in one sweep over all people.</summary>
    private const int SweepDays = SeenIds.RetentionDays / 2;

    /// <summary>A file has no queue messages: whatever is known is a duplicate.</summary>
    private const uint NoMessage = 0;

    private readonly Dictionary<AccountKey, ReplayAccount> _accounts = [];
    private readonly EventFolder _folder = new(model);
    private readonly VirtualClock _clock = new(DateTimeOffset.MinValue);
    private readonly HashSet<string> _churnEvents = new(model.Churn.Events, StringComparer.Ordinal);
    private ReplayDirectory? _directory;
    private readonly NamesInUse _uses = new(model);
    private readonly List<LeftOutNote> _notes = [];
    private LeftOutCounts? _leftOut;
    private SeenNames? _names;
    private SeenEvents? _known;
    private int _nextSweep = int.MinValue;

    public ValueModel Model => model;

    /// <summary>Every account by key, the mere entries of the directory among them.</summary>
    public IReadOnlyDictionary<AccountKey, ReplayAccount> Accounts => _accounts;

    public IKnownEvents Known => Seen;

    /// <summary>Events folded, each once.</summary>
    public long Folded { get; private set; }

    /// <summary>Events whose id was seen within the days that ids are remembered.</summary>
    public long Duplicates { get; private set; }

    /// <summary>What came by name so far, beside what the model reads.</summary>
    public SeenReport NamesSeen => SeenReport.Of(Names, _uses) with { LeftOut = LeftOut.Read() };

    private LeftOutCounts LeftOut => _leftOut ??= new LeftOutCounts(_clock);

    private SeenNames Names => _names ??= new SeenNames(_uses);

    private SeenEvents Seen => _known ??= new SeenEvents(_folder.Plan);

    private ReplayDirectory Directory => _directory ??= new ReplayDirectory(_accounts, model);

    /// <summary>Told of an account just before a churn event is folded into it.</summary>
    internal Action<ReplayAccount, DateTimeOffset>? Churning { get; set; }

    /// <summary>True for accounts that the service reviews under this model.</summary>
    public bool IsReviewed(ReplayAccount account) =>
        account.State.Key.IsGroup
        || (
            model.Accounts == AccountsMode.Person
            && !account.State.Key.IsAnonymous
            && account.State.IsHome
            && account.People.Count > 0
            && NoCustomers.RuleOf(account.People.First, model) is null
        );

    /// <param name="usageEvent">An event, received when it happened.</param>
    /// <param name="id">A hash of its message id, the same kind of one for every event.</param>
    public void Fold(UsageEvent usageEvent, ulong id)
    {
        _clock.MoveTo(usageEvent.ReceivedAt);
        if (usageEvent.LeftOutBy is not null)
        {
            Folded++;
            return;
        }
        Seen.Note(usageEvent);
        Names.Add(usageEvent);
        Directory.Learn(usageEvent);
        var (account, person) = Directory.Route(usageEvent);
        NameAccount(account.State, usageEvent);
        account.Saw(usageEvent.Timestamp);
        bool churns = _churnEvents.Contains(usageEvent.Name);
        if (churns)
            Churning?.Invoke(account, usageEvent.Timestamp);
        var folded = _folder.Apply(account.State, person, usageEvent, id, new EventTie(usageEvent), NoMessage, _notes);
        NoteLeftOut();
        if (folded.Outcome == EventOutcome.New)
        {
            Folded++;
            if (churns)
                account.Churned(usageEvent.Timestamp);
        }
        else
            Duplicates++;
        ForgetIds();
    }

    private void NoteLeftOut()
    {
        if (_notes.Count == 0)
            return;
        LeftOut.Note(_notes);
        _notes.Clear();
    }

    private void ForgetIds()
    {
        int today = Days.Of(_clock.GetUtcNow());
        if (today < _nextSweep)
            return;
        _nextSweep = today + SweepDays;
        foreach (var account in _accounts.Values)
        {
            foreach (var person in account.People.All)
                person.Ids.Inline.Prune(today);
        }
    }

    /// <summary>Gives an account the id that the customer writes, if only its encoded form was known so far.</summary>
    private static void NameAccount(AccountState account, UsageEvent usageEvent)
    {
        if (!account.Id.Contains('=', StringComparison.Ordinal) || account.Id != account.Key.ProvisionalId)
            return;
        string? id =
            account.Key.IsGroup ? usageEvent.GroupId
            : account.Key.IsAnonymous ? usageEvent.AnonymousId
            : usageEvent.UserId;
        if (id is not null && account.Key.IsOf(id))
            account.Id = id;
    }
}
