using Signals.Core.Intake.Events;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Local.Demo;
using Signals.Local.Demo.Cast;

namespace Signals.Local.Tests.Demo.Truth;

/// <summary>
/// All accounts of the story together on a morning: who was a customer, at what level by the night's looks, and what they paid by the cast.
/// Days are their numbers (UTC); what happens on one is known from the next one's fold on.
/// </summary>
internal sealed class StoryPortfolio
{
    private const int Window = 30;

    private readonly ValueModel _model;
    private readonly int _first;
    private readonly Dictionary<string, Account> _accounts;

    public StoryPortfolio(
        ValueModel model,
        DateTimeOffset begins,
        IEnumerable<StoryAccount> cast,
        ILookup<string, UsageEvent> events,
        StoryLooks looks
    )
    {
        (_model, _first) = (model, Days.Of(begins));
        _accounts = cast.ToDictionary(
            account => account.Id,
            account => new Account(account, looks.Of(account.Id), [.. events[account.Id].OrderBy(found => found.Timestamp)], _first),
            StringComparer.Ordinal
        );
    }

    /// <summary>An hour of a day as the team's clocks show it.</summary>
    public DateTimeOffset InZone(int day, int hour)
    {
        var local = DateOnly.FromDayNumber(day).ToDateTime(new TimeOnly(hour, 0));
        return new DateTimeOffset(local, _model.TimeZone.GetUtcOffset(local));
    }

    public bool IsFirstWeek(int day) => day < _first + 7;

    /// <summary>Who had been seen by a day and had not left.</summary>
    public IReadOnlyList<StoryAccount> Customers(int day) =>
        [.. _accounts.Values.Where(account => account.IsCustomer(day)).Select(account => account.Cast)];

    /// <summary>Customers at a level on a day.</summary>
    public IReadOnlyList<StoryAccount> At(RiskLevel level, int day) =>
        [.. Customers(day).Where(account => _accounts[account.Id].Level(day) == level)];

    /// <summary>What these pay a month on a day: who is on trial pays nothing yet.</summary>
    public double Pay(IEnumerable<StoryAccount> accounts, int day) =>
        accounts.Sum(account => account.TrialEndsOn + _first > day ? 0 : account.MrrOn(day - 1 - _first));

    /// <summary>Who was at risk, and was found so no more from one moment on up to another.</summary>
    public IReadOnlyList<StoryAccount> Recovered(DateTimeOffset from, DateTimeOffset to) =>
        [
            .. _accounts
                .Values.Where(account =>
                    account.Looks.Any(look =>
                        look.Since == look.At
                        && look.At >= from
                        && look.At < to
                        && look is { Before: >= RiskLevel.AtRisk, Level: < RiskLevel.AtRisk }
                        && account.IsCustomer(Days.Of(look.At))
                    )
                )
                .Select(account => account.Cast),
        ];

    /// <summary>Who left within the days.</summary>
    public IReadOnlyList<StoryAccount> Left(int after, int upTo) =>
        [.. _accounts.Values.Where(account => account.LeftOn > after && account.LeftOn <= upTo).Select(account => account.Cast)];

    /// <summary>Customers of whom what a topic says is so: the step open, the feature unused, the obstacle met or written about.</summary>
    public int Meeting(string sentence, int day) =>
        Customers(day).Select(account => _accounts[account.Id]).Count(account => Meets(account, sentence, day));

    private bool Meets(Account account, string sentence, int day)
    {
        bool Says(Core.Platform.Languages.LocalText name) => sentence.Contains(name.In("en"), StringComparison.Ordinal);
        return _model.Onboarding.Any(step =>
                Says(step.Name)
                && (
                    step.Scope == StepScope.Account ? new string?[] { null } : account.Cast.People.Select(person => (string?)person.Id)
                ).Any(person => step.Done.All(done => account.Count(done, 0, day, person) == 0))
            )
            || _model.Features.Any(feature => Says(feature.Name) && feature.Events.All(used => account.Count(used, day - Window, day) == 0))
            || _model.Friction.Any(kind =>
                Says(kind.Name)
                && (kind.Events.Any(met => account.Count(met, 0, day) > 0) || account.Wrote(kind.Name.All, day - Window, day))
            );
    }

    /// <summary>
    /// Who was a customer thirty days before the day before a morning, and how many of them were still at that day's end.
    /// </summary>
    public (int Stayed, int Of) Retention(int morning)
    {
        int end = morning - 1;
        var before = _accounts.Values.Where(account => account.IsSeen(morning) && account.Was(end - Window)).ToList();
        return (before.Count(account => account.Was(end)), before.Count);
    }

    private sealed class Account(StoryAccount cast, IReadOnlyList<Look> looks, IReadOnlyList<UsageEvent> events, int first)
    {
        public StoryAccount Cast => cast;

        public IReadOnlyList<Look> Looks => looks;

        /// <summary>The morning on which it is known that they left; never, for most.</summary>
        public int LeftOn { get; } =
            events.FirstOrDefault(found => found.Name == "Subscription Cancelled") is { } left ? KnownOn(left.Timestamp) : int.MaxValue;

        private int CancelledOn { get; } =
            events.FirstOrDefault(found => found.Name == "Subscription Cancelled") is { } left ? Days.Of(left.Timestamp) : int.MaxValue;

        private int SeenOn { get; } = events.Count > 0 ? KnownOn(events[0].Timestamp) : int.MaxValue;

        public bool IsCustomer(int day) => SeenOn <= day && day < LeftOn && first <= day;

        public bool IsSeen(int day) => SeenOn <= day;

        /// <summary>Whether they were a customer at a day's end, by what is known since.</summary>
        public bool Was(int day) => Math.Min(first + cast.CreatedOn, Days.Of(events[0].Timestamp)) <= day && day < CancelledOn;

        /// <summary>By the looks of the night before a morning: the day's figures are counted after them.</summary>
        public RiskLevel Level(int day) =>
            looks.LastOrDefault(look => look.At <= Days.Start(day) + StoryClock.Review)?.Level ?? RiskLevel.Healthy;

        public int Count(string name, int from, int day, string? person = null) =>
            events.Count(found =>
                found.Name == name
                && (person is null || found.UserId == person)
                && KnownOn(found.Timestamp) <= day
                && KnownOn(found.Timestamp) > from
            );

        /// <summary>Whether somebody wrote the name of an obstacle, of one or of several.</summary>
        public bool Wrote(IEnumerable<string> names, int from, int day) =>
            events.Any(found =>
                KnownOn(found.Timestamp) <= day
                && KnownOn(found.Timestamp) > from
                && names.Any(name =>
                    StoryFacts.Property(found, "comment").Contains(name.Split(' ')[0].TrimEnd('s'), StringComparison.OrdinalIgnoreCase)
                )
            );

        private static int KnownOn(DateTimeOffset moment) => Days.Of(moment - StoryClock.Fold) + 1;
    }
}
