using System.Text.Json;
using Signals.Core.Intake.Events;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Local.Demo.Cast;

namespace Signals.Local.Tests.Demo.Truth;

/// <summary>What the event stream says of one account up to a moment, read without anything of what Signals makes of it.</summary>
internal sealed class StoryFacts
{
    private readonly ValueModel _model;
    private readonly DateTimeOffset _begins;
    private readonly List<UsageEvent> _events;

    /// <param name="model">The model: which event carries what value, which names what.</param>
    /// <param name="account">The account, as it was cast.</param>
    /// <param name="person">The reader.</param>
    /// <param name="begins">Midnight of the story's first day.</param>
    /// <param name="events">The account's events.</param>
    /// <param name="moment">Up to when.</param>
    public StoryFacts(
        ValueModel model,
        StoryAccount account,
        StoryPerson person,
        DateTimeOffset begins,
        IEnumerable<UsageEvent> events,
        DateTimeOffset moment
    )
    {
        (_model, _begins, Account, Person, Moment) = (model, begins, account, person, moment);
        _events = [.. events.Where(usageEvent => usageEvent.Timestamp <= moment)];
    }

    public StoryAccount Account { get; }

    public StoryPerson Person { get; }

    public DateTimeOffset Moment { get; }

    public string Product => _model.Product;

    public DateOnly Today => DateOnly.FromDateTime(Moment.UtcDateTime);

    /// <summary>The day of an index of the story.</summary>
    public DateOnly? DayOf(int? index) => index is { } known ? DateOnly.FromDateTime(_begins.AddDays(known).UtcDateTime) : null;

    public OnboardingStep? Step(string name) =>
        _model.Onboarding.FirstOrDefault(step => step.Name.All.Contains(name, StringComparer.Ordinal));

    public Feature? Feature(string name) =>
        _model.Features.FirstOrDefault(feature => feature.Name.All.Contains(name, StringComparer.Ordinal));

    public FrictionKind? Kind(string name) => _model.Friction.FirstOrDefault(kind => kind.Name.All.Contains(name, StringComparer.Ordinal));

    public bool IsInPlan(Feature feature) => _model.FeaturesOf(Account.Plan).Contains(feature);

    /// <summary>True for words that the model itself says to customers: descriptions, questions and answers.</summary>
    public bool IsOfModel(string words) =>
        _model
            .Features.Select(feature => feature.Description)
            .Concat(_model.Onboarding.SelectMany(step => step.Faq).Concat(_model.Friction.SelectMany(kind => kind.Faq)).SelectMany(Said))
            .Any(text => text?.All.Contains(words, StringComparer.Ordinal) == true);

    /// <summary>How often any of the events happened in the last days; to anybody, or to one person.</summary>
    public int Count(IReadOnlyList<string> names, int days = int.MaxValue, string? person = null) => Of(names, days, person).Count();

    public UsageEvent? Last(IReadOnlyList<string> names, string? person = null) =>
        Of(names, int.MaxValue, person).MaxBy(found => found.Timestamp);

    /// <summary>A property of an event, as text.</summary>
    public static string Property(UsageEvent usageEvent, string name)
    {
        if (usageEvent.Payload.IsEmpty)
            return "";
        using var payload = JsonDocument.Parse(usageEvent.Payload);
        return payload.RootElement.TryGetProperty(name, out var value) ? value.ToString() : "";
    }

    /// <summary>Value from so many days ago up to so many days ago, whole days before today; of everybody, or of one person.</summary>
    public double Value(int from, int to, string? person = null) =>
        _events
            .Where(found => person is null || found.UserId == person)
            .Where(found => Age(found) <= from && Age(found) >= to)
            .Sum(ValueOf);

    /// <summary>Days on which a person came by, of the last ones.</summary>
    public int DaysSeen(string person, int days) =>
        _events.Where(found => found.UserId == person && Age(found) <= days).Select(Age).Distinct().Count();

    public IEnumerable<StoryPerson> Colleagues => Account.People.Where(other => other != Person);

    private int Age(UsageEvent usageEvent) => Days.Of(Moment) - Days.Of(usageEvent.Timestamp);

    private IEnumerable<UsageEvent> Of(IReadOnlyList<string> names, int days, string? person) =>
        _events.Where(found =>
            names.Contains(found.Name, StringComparer.Ordinal) && Age(found) <= days && (person is null || found.UserId == person)
        );

    /// <summary>The value that an event carries by the model.</summary>
    public double ValueOf(UsageEvent usageEvent) =>
        _model
            .Value.From.Where(source => source.Event == usageEvent.Name)
            .Sum(source =>
                source.Property is { } property
                    ? double.Parse(Property(usageEvent, property), System.Globalization.CultureInfo.InvariantCulture) * source.Scale
                    : source.Amount ?? 0
            );

    private static IEnumerable<Core.Platform.Languages.LocalText?> Said(FaqEntry entry) => [entry.Question, entry.Answer];
}
