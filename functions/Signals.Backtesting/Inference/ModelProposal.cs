namespace Signals.Backtesting.Inference;

/// <summary>A value model as it is proposed: what stands in it, why, and what could not be known.</summary>
public sealed record ModelProposal
{
    public required string Product { get; init; }

    /// <summary>True where groups pay, with the reason.</summary>
    public required bool IsOfGroups { get; init; }

    public required string AccountsWhy { get; init; }

    public string Currency { get; init; } = "USD";

    public string Zone { get; init; } = "UTC";

    public IReadOnlyList<string> Locales { get; init; } = ["en"];

    public required ProposedValue Value { get; init; }

    public IReadOnlyList<ProposedFeature> Features { get; init; } = [];

    public NamedRole? Reach { get; init; }

    public string? ReachProperty { get; init; }

    public IReadOnlyList<ProposedStep> Steps { get; init; } = [];

    /// <summary>Friction by kind.</summary>
    public IReadOnlyList<(string Kind, IReadOnlyList<NamedRole> Names)> Friction { get; init; } = [];

    /// <summary>Everything else that has a place in a model, by what it is for.</summary>
    public IReadOnlyDictionary<NameRole, IReadOnlyList<NamedRole>> Others { get; init; } =
        new Dictionary<NameRole, IReadOnlyList<NamedRole>>();

    public string? ScoreProperty { get; init; }

    public string? CommentProperty { get; init; }

    public string? TicketId { get; init; }

    public string? TicketText { get; init; }

    public string? AmountProperty { get; init; }

    public IReadOnlyList<ProposedFacts> Facts { get; init; } = [];

    public IReadOnlyList<ProposedPlan> Plans { get; init; } = [];

    /// <summary>Names that were looked at and are not in it, with the reason.</summary>
    public IReadOnlyList<NamedRole> LeftOut { get; init; } = [];

    /// <summary>What somebody has to say who knows the product.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];

    /// <summary>What it was made of, in a line.</summary>
    public string Source { get; init; } = "";

    /// <summary>Where messages come from, where it was said.</summary>
    public string? FromEmail { get; init; }

    public string? PostalAddress { get; init; }

    public string? AlertsTo { get; init; }

    public IReadOnlyList<NamedRole> Of(NameRole role) => Others.GetValueOrDefault(role) ?? [];
}

/// <summary>What value is.</summary>
/// <param name="Unit">What it is counted in.</param>
/// <param name="Sources">The events that carry it.</param>
/// <param name="Floor">What makes a person active.</param>
/// <param name="Days">Within so many days.</param>
/// <param name="Why">The floor's reason.</param>
public sealed record ProposedValue(string Unit, IReadOnlyList<ProposedSource> Sources, double Floor, int Days, string Why);

/// <summary>An event that carries value: so much each time, or a property of it.</summary>
public sealed record ProposedSource(string Event, string? Property, double Scale, double Amount, string Why);

public sealed record ProposedFeature(
    string Id,
    string Name,
    IReadOnlyList<string> Events,
    bool IsKey,
    IReadOnlyList<string> Plans,
    string Why
);

public sealed record ProposedStep(
    string Id,
    string Name,
    bool IsOfAccount,
    IReadOnlyList<string> Done,
    IReadOnlyList<string> Tried,
    IReadOnlyList<string> Failed,
    int WithinDays,
    string Why
);
