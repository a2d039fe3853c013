using System.Reflection;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Causes.NeedsChanged;
using Signals.Core.Diagnosis.Causes.NeverTookOff;
using Signals.Core.Diagnosis.Causes.OnboardingStalled;
using Signals.Core.Diagnosis.Causes.PaymentFailing;
using Signals.Core.Diagnosis.Causes.SupportUnhappy;
using Signals.Core.Model;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Causes;

/// <summary>
/// A cause is forgotten on its day and no later. Each test makes one number far longer than any other of any cause, so that none can stand
/// in for it: what a cause leaves out of its memory is missed here.
/// </summary>
public sealed class CauseMemoryTests
{
    private const int Long = 300;

    /// <summary>Numbers that end in "Days" and after which nothing is forgotten.</summary>
    private static readonly Dictionary<string, string> NoMemory = new(StringComparer.Ordinal)
    {
        ["friction.Days"] = "days of use, of which time alone makes no more",
        ["usage-drop.ActiveDays"] = "so many days of the baseline",
        ["champion-left.SignDays"] = "a silence no longer than silentDays",
        ["never-took-off.AgeDays"] = "counted from the start, see ForgottenOn",
        ["never-took-off.ForgetDays"] = "counted from the start, see ForgottenOn",
    };

    public static TheoryData<string, string> Numbers
    {
        get
        {
            var numbers = new TheoryData<string, string>();
            foreach (var cause in CauseCatalogue.All)
            {
                foreach (var number in cause.UsualSettings.GetType().GetProperties().Where(IsTime))
                    numbers.Add(cause.Id, number.Name);
            }
            return numbers;
        }
    }

    /// <summary>What happens on day 10 is known for so many days under such a model.</summary>
    public static TheoryData<string, string> Forgotten =>
        new()
        {
            { CauseIds.PaymentFailing, "Payment Failed" },
            { CauseIds.NeedsChanged, "Cancel Viewed" },
            { CauseIds.SupportUnhappy, "NPS Answered" },
            { CauseIds.OnboardingStalled, "Import Failed" },
            { CauseIds.NeverTookOff, "Page Opened" },
        };

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Every_time_in_a_causes_settings_is_in_its_memory(string id, string number)
    {
        var cause = CauseCatalogue.Find(id)!;
        var model = StoryModels.OfPeople with
        {
            Value = StoryModels.OfPeople.Value with { Floor = new Floor(15, 1) },
            Tickets = new TicketDefinition { WithinHours = 1 },
            Causes = CauseSettings.Usual.With(WithLong(cause.UsualSettings.GetType(), number)),
        };

        Assert.Equal(!NoMemory.ContainsKey($"{id}.{number}"), cause.MemoryDays(model) >= Long);
    }

    [Fact]
    public void Words_of_the_model_that_a_cause_waits_for_are_in_its_memory()
    {
        var model = StoryModels.OfPeople with { Tickets = new TicketDefinition { WithinHours = Long * 24 } };
        Assert.Equal(Long, CauseCatalogue.Find(CauseIds.SupportUnhappy)!.MemoryDays(model));

        var slow = StoryModels.OfPeople.WithSetUp();
        slow = slow with { Onboarding = [slow.Onboarding[0] with { WithinDays = Long }] };
        Assert.Equal(Long, CauseCatalogue.Find(CauseIds.OnboardingStalled)!.MemoryDays(slow));

        var wide = StoryModels.OfPeople with { Value = StoryModels.OfPeople.Value with { Floor = new Floor(15, Long) } };
        Assert.Equal(Long + 30, CauseCatalogue.Find(CauseIds.SeatsShrinking)!.MemoryDays(wide));
        Assert.Equal(Long, CauseCatalogue.Find(CauseIds.ValueNotFound)!.MemoryDays(wide));
    }

    [Fact]
    public void What_is_kept_of_a_person_is_remembered_as_long_as_the_cause_that_asks_for_it()
    {
        string[] asking =
        [
            .. CauseCatalogue
                .All.Where(cause => cause.PersonRule is null && cause.PersonMemoryDays(StoryModels.OfPeople) > 0)
                .Select(cause => cause.Id),
        ];

        Assert.Equal([CauseIds.ChampionLeft, CauseIds.SeatsShrinking], asking);
        Assert.All(
            CauseCatalogue.All.Where(cause => cause.PersonRule is not null),
            cause => Assert.Equal(cause.MemoryDays(StoryModels.OfPeople), cause.PersonMemoryDays(StoryModels.OfPeople))
        );
    }

    [Theory]
    [MemberData(nameof(Forgotten))]
    public async Task A_cause_that_is_remembered_longest_of_all_is_forgotten_on_its_day(string id, string what)
    {
        var world = await SignalsWorld.WithAsync(
            StoryModels.OfPeople.WithSetUp() with
            {
                Billing = new BillingDefinition { Failed = ["Payment Failed"] },
                LeaveIntent = ["Cancel Viewed"],
                Feedback = new FeedbackDefinition { Nps = ["NPS Answered"] },
                Causes = CauseSettings.Usual.With(LongOf(id)),
            }
        );
        world.Given("ann").Tracks(what).With("score", 1).On(10);

        Assert.Equal([Long + 9, Long + 10], await world.DaysWithAsync("ann", id, Long + 9, Long + 12));
    }

    private static object LongOf(string id) =>
        id switch
        {
            CauseIds.PaymentFailing => new PaymentFailingSettings(ForgetDays: Long),
            CauseIds.NeedsChanged => new NeedsChangedSettings(Days: Long),
            CauseIds.SupportUnhappy => new SupportUnhappySettings(Days: Long),
            CauseIds.OnboardingStalled => new OnboardingStalledSettings(Failures: 1, ForgetDays: Long),
            _ => new NeverTookOffSettings(ForgetDays: Long),
        };

    private static bool IsTime(PropertyInfo number) =>
        number.Name.EndsWith("Days", StringComparison.Ordinal) || number.Name.EndsWith("Hours", StringComparison.Ordinal);

    /// <summary>Settings of which one number lasts long, and every other time is a day or an hour.</summary>
    private static object WithLong(Type settings, string number)
    {
        var constructor = settings.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)!;
        return constructor.Invoke([
            .. constructor
                .GetParameters()
                .Select(parameter =>
                    parameter.ParameterType == typeof(double)
                        ? parameter.Name == number
                            ? Long * 24.0
                            : parameter.Name!.EndsWith("Hours", StringComparison.Ordinal)
                                ? 1.0
                                : parameter.DefaultValue
                        : parameter.Name == number
                            ? Long
                            : parameter.Name!.EndsWith("Days", StringComparison.Ordinal)
                                ? 1
                                : parameter.DefaultValue
                ),
        ]);
    }
}
