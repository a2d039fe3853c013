using System.Text.Json.Serialization;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Time;
using Signals.Core.State.Accounts;
using Signals.Core.State.Assessments;

namespace Signals.Core.State.Indexes;

/// <summary>An account as lists show it, so that a page of a list reads no accounts.</summary>
public sealed record AccountSummary
{
    public required string Key { get; init; }

    public required string Id { get; init; }

    public required string Name { get; init; }

    public string? Plan { get; init; }

    public double Price { get; init; }

    public string? Csm { get; init; }

    public string? Stage { get; init; }

    public bool Strategic { get; init; }

    public DateTimeOffset? RenewalAt { get; init; }

    public DateTimeOffset? TrialEndsAt { get; init; }

    /// <summary>What it pays a month on a UTC day, by number: nothing while on trial.</summary>
    public double PaidOn(int day) => TrialEndsAt is { } ends && Days.Of(ends) > day ? 0 : Price;

    public int Health { get; init; }

    /// <summary>
    /// The quarter of comparable accounts that its value per price is in: 1 is the lowest, 4 the highest; null where it is unknown. No
    /// finer, for it stands in lists that are written when it changes.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Worth { get; init; }

    public RiskLevel Level { get; init; }

    public int Score { get; init; }

    public DateTimeOffset Since { get; init; }

    /// <summary>The level before.</summary>
    public RiskLevel Previous { get; init; }

    /// <summary>True for a customer who left.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Left { get; init; }

    public required IReadOnlyList<SummaryCause> Causes { get; init; }

    /// <summary>The model's segments that it is in; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Segments { get; init; }

    /// <summary>How many people each cause holds back, by "cause" and by "cause/detail"; null for nobody.</summary>
    public IReadOnlyDictionary<string, int>? Affected { get; init; }

    /// <summary>
    /// How many steps what is at stake is above nothing (<see cref="Assessments.Stake"/>): what lists by it are ordered by. 0 in rows of
    /// earlier versions.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Stake { get; init; }

    /// <summary>The UTC day on which something was heard of it last; null where nothing tells, and in rows of earlier versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? Seen { get; init; }

    public int People { get; init; }

    public int Active { get; init; }

    public static AccountSummary Of(AccountState account, AccountFacts facts, AccountReview review) =>
        new()
        {
            Key = account.Key.Value,
            Id = facts.Id,
            Name = facts.Name,
            Plan = facts.Plan,
            Price = facts.Price,
            Csm = facts.Csm,
            Stage = facts.Stage,
            Strategic = facts.Strategic,
            RenewalAt = facts.RenewalAt,
            TrialEndsAt = facts.TrialEndsAt,
            Health = review.Assessment.Health.Score,
            Worth = review.Assessment.Health.Worth is { } worth ? Math.Clamp((int)Math.Ceiling(worth * 4), 1, 4) : null,
            Level = review.Assessment.Risk.Level,
            Score = review.Assessment.Risk.Score,
            Since = review.LevelSince,
            Previous = review.PreviousLevel,
            Left = review.Left,
            Segments = review.Segments,
            Affected = review.People.Affected.Count == 0 ? null : review.People.Affected,
            Causes =
            [
                .. review.Assessment.Causes.Select(cause => new SummaryCause(
                    cause.Id,
                    cause.Detail,
                    cause.Confidence,
                    cause.Affected,
                    cause.Evidence.Count > 0 ? cause.Evidence[0].Text : Phrase.Empty
                )
                {
                    Person = cause.Evidence.Count > 0 ? cause.Evidence[0].Person : null,
                }),
            ],
            Stake = Assessments.Stake.Steps(Assessments.Stake.Of(facts.Price, review.Assessment.Risk.LogOdds)),
            Seen = account.HeardOfAt is { } heard ? Days.Date(Days.Of(heard)) : null,
            People = review.People.Reviewed,
            Active = review.People.Active,
        };
}

/// <summary>A cause in a list, with its first line of evidence.</summary>
public sealed record SummaryCause(string Id, string? Detail, double Confidence, int Affected, Phrase Evidence)
{
    /// <inheritdoc cref="Assessments.Evidence.Person"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Person { get; init; }
}
