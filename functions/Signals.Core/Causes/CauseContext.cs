using Signals.Core.Accounts;
using Signals.Core.Model;
using Signals.Core.Pipeline;
using Signals.Core.Value;

namespace Signals.Core.Causes;

/// <summary>An account as the rules see it on a day. <paramref name="Today"/> is a UTC day and may lie ahead.</summary>
public sealed record AccountContext(
    AccountState Account, AccountFacts Facts, UsageView Usage, ValueModel Model, IKnownEvents Known, int Today)
{
    /// <summary>The first day from which every value source is collected; 0 when they always were.</summary>
    public int ValueKnownSince { get; } = Model.Value.From
        .Where(source => source.Property is not null)
        .Select(source => Known.SumSince(History.PropertyKey(source.Event, source.Property!)))
        .DefaultIfEmpty(0).Max();

    /// <summary>True when value over the window that starts on that day is wholly known.</summary>
    public bool KnowsValueFrom(int day) => ValueKnownSince <= day || Usage.FirstDay > ValueKnownSince;

    /// <summary>True when the customer has left and not come back.</summary>
    public bool IsChurned =>
        Usage.LastOf(Model.Churn.Events) is { } left && !(Usage.LastOf(Model.Churn.Returned) > left);
}

/// <summary>A person as the rules see them on a day.</summary>
public sealed record PersonContext(PersonState Person, UsageView Usage, AccountContext Account)
{
    public ValueModel Model => Account.Model;

    public int Today => Account.Today;

    /// <summary>When the person came, by trait.</summary>
    public DateTimeOffset? CreatedAt { get; } = AccountFacts.Moment(Person.Profile[Traits.CreatedAt]);

    /// <summary>The first day of the floor's window, which ends today.</summary>
    public int WindowStart => Today - Model.Value.Floor.Days + 1;

    public double WindowValue => Usage.Value(WindowStart, Today);

    public bool IsActive => WindowValue >= Model.Value.Floor.Amount;
}
