using Signals.Core.Platform.Languages;

namespace Signals.Core.Model;

/// <summary>A plan or price tier that is being retired: what ends, what stays as agreed, who is told when, and who is excepted.</summary>
public sealed record PlanSunset
{
    public required string Plan { get; init; }

    /// <summary>What exactly ends: every variety of the plan, in words for customers.</summary>
    public required IReadOnlyList<LocalText> Varieties { get; init; }

    public required DateOnly Announced { get; init; }

    public required DateOnly LastOrder { get; init; }

    /// <summary>The hour of that day, in the model's zone, up to which the plan can be ordered; null until the day is over.</summary>
    public TimeOnly? LastOrderTime { get; init; }

    public required DateOnly Ends { get; init; }

    public required LocalText Why { get; init; }

    public required LocalText Terms { get; init; }

    /// <summary>What customers of the plan are promised until then and for the move.</summary>
    public required IReadOnlyList<LocalText> Guarantees { get; init; }

    public required string ReplacementPlan { get; init; }

    public required LocalText Differences { get; init; }

    public required IReadOnlyList<LocalText> Steps { get; init; }

    /// <summary>Who hears of it before customers do, earliest first.</summary>
    public required IReadOnlyList<ToldFirst> TellFirst { get; init; }

    public IReadOnlyList<PlanException> Exceptions { get; init; } = [];

    public IReadOnlyList<SunsetRisk> Risks { get; init; } = [];

    public bool IsOf(string? plan) => string.Equals(plan, Plan, StringComparison.OrdinalIgnoreCase);

    /// <summary>What was agreed with an account for itself; null where nothing was.</summary>
    public PlanException? ExceptionFor(string account) =>
        Exceptions.FirstOrDefault(exception => exception.Accounts.Contains(account, StringComparer.Ordinal));
}

/// <summary>Somebody of the company who hears of it on a day before customers do: support, sales.</summary>
public sealed record ToldFirst(LocalText Who, DateOnly On);

/// <summary>Key customers who keep the plan for longer.</summary>
/// <param name="Accounts">Their ids.</param>
/// <param name="Until">The last day on which they have it.</param>
/// <param name="Terms">What was agreed with them, in words for them.</param>
public sealed record PlanException(IReadOnlyList<string> Accounts, DateOnly Until, LocalText Terms);

/// <summary>What could go wrong, and what is done about it: words of the team.</summary>
public sealed record SunsetRisk(LocalText What, LocalText Answer);
