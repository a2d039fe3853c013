using Signals.Core.Diagnosis.Causes.Friction;
using Signals.Core.Diagnosis.Value;
using Signals.Core.Model;
using Signals.Core.State.Accounts;
using Signals.Core.State.People;

namespace Signals.Core.Diagnosis.Causes;

/// <summary>A person as the rules see them on a day.</summary>
public sealed record PersonContext(PersonState Person, UsageView Usage, AccountContext Account)
{
    private readonly Lookups _lookups = new();

    public ValueModel Model => Account.Model;

    public int Today => Account.Today;

    /// <summary>True for whom no review looks at: who has no user id yet, and who is no customer by a rule of the model.</summary>
    public bool IsNobody { get; } = Person.Key.IsAnonymous || NoCustomers.RuleOf(Person, Account.Model) is not null;

    /// <summary>When the person came, by trait.</summary>
    public DateTimeOffset? CreatedAt { get; } = AccountFacts.Moment(Person.Profile[Traits.CreatedAt]);

    /// <summary>The first day of the floor's window, which ends today.</summary>
    public int WindowStart => Today - Model.Value.Floor.Days + 1;

    public double WindowValue => Usage.Value(WindowStart, Today);

    /// <summary>True when the person reached the floor in some window within the days kept.</summary>
    public bool WasEverActive => _lookups.WasEverActive ??= BestWindow() >= Model.Value.Floor.Amount;

    /// <summary>True when the person was active so many days ago.</summary>
    public bool WasActive(int daysAgo) => Usage.Value(Today - daysAgo - ActiveDays + 1, Today - daysAgo) >= Model.Value.Floor.Amount;

    /// <summary>
    /// True when they reached the floor in its window, or in their own last month or quarter where that is how they work: whoever closes
    /// the books once a quarter is no less active for it.
    /// </summary>
    public bool IsActive => Usage.Value(Today - ActiveDays + 1, Today) >= Model.Value.Floor.Amount;

    /// <summary>Days in which an active person reaches the floor.</summary>
    public int ActiveDays => Math.Max(Model.Value.Floor.Days, Usage.Rhythm?.WholeDays ?? 0);

    /// <summary>
    /// Use and obstacles over the person's last days of use. The same for every day to come, so it is read once for all of them.
    /// </summary>
    public FrictionUse FrictionUse => _lookups.FrictionUse ??= FrictionUse.Of(this);

    /// <summary>The kinds of obstacle that came up far too often; the same for every day to come too.</summary>
    internal IReadOnlyList<RuleFinding> Friction => _lookups.Friction ??= FrictionRule.Find(this);

    private double BestWindow()
    {
        double best = 0;
        int days = Model.Value.Floor.Days;
        foreach (var bucket in Usage.Buckets)
            best = Math.Max(best, Usage.Value(bucket.Day - days + 1, bucket.Day));
        return best;
    }

    /// <summary>Shared by a context and the copies of it for days to come.</summary>
    private sealed class Lookups
    {
        public bool? WasEverActive { get; set; }

        public FrictionUse? FrictionUse { get; set; }

        public IReadOnlyList<RuleFinding>? Friction { get; set; }
    }
}
