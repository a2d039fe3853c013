using Signals.Core.Diagnosis.Causes.NeverTookOff;
using Signals.Core.Model;

namespace Signals.Testing.World;

/// <summary>
/// Small models for stories: 5 minutes of value for each "Report Shared", "Video Watched" brings its own; the floor is 15 minutes in 30
/// days. Live at once: no warm-up, holdout, quiet hours or weekends, and a year to take off, so that a test adds the one rule it is about.
/// </summary>
public static class StoryModels
{
    /// <summary>Every person is an account.</summary>
    public static ValueModel OfPeople { get; } =
        new()
        {
            Product = "Nimbus",
            Fingerprint = "story-1",
            Accounts = AccountsMode.Person,
            Value = new ValueDefinition(
                "minutes",
                [new ValueSource("Report Shared", 5, null), new ValueSource("Video Watched", null, "minutes")],
                new Floor(15, 30)
            ),
            Outreach = new OutreachSettings
            {
                Mode = OutreachMode.Live,
                WarmUpHours = 0,
                Holdout = 0,
                QuietHours = null,
                Weekends = true,
            },
            Alerts = new AlertSettings { To = ["cs@nimbus.example"], Timing = AlertTiming.AtOnce },
            Causes = CauseSettings.Usual.With(new NeverTookOffSettings(AgeDays: 365, ForgetDays: 365)),
            Plans = new Dictionary<string, Plan>(StringComparer.OrdinalIgnoreCase)
            {
                ["free"] = new Plan("free", 0, null),
                ["pro"] = new Plan("pro", 99, 10),
            },
        };

    /// <summary>Groups are accounts.</summary>
    public static ValueModel OfGroups { get; } = OfPeople with { Accounts = AccountsMode.Group };

    /// <summary>Set-up: "import" once for the account within 3 days, "profile" for each person within 5.</summary>
    public static ValueModel WithSetUp(this ValueModel model) =>
        model with
        {
            Fingerprint = model.Fingerprint + "+set-up",
            Onboarding =
            [
                new OnboardingStep(
                    "import",
                    "Import your users",
                    StepScope.Account,
                    ["Users Imported"],
                    ["Import Started"],
                    ["Import Failed"],
                    3,
                    "https://nimbus.example/import",
                    []
                ),
                new OnboardingStep(
                    "profile",
                    "Fill in your profile",
                    StepScope.Person,
                    ["Profile Saved"],
                    ["Profile Opened"],
                    [],
                    5,
                    null,
                    []
                ),
            ],
        };

    /// <summary>Key features "reports" (for all), "exports" and "feeds" (pro only).</summary>
    public static ValueModel WithFeatures(this ValueModel model) =>
        model with
        {
            Fingerprint = model.Fingerprint + "+features",
            Features =
            [
                new Feature("reports", "Reports", ["Report Shared"], true, [], null),
                new Feature(
                    "exports",
                    "Exports",
                    ["Export Completed"],
                    true,
                    ["pro"],
                    "https://nimbus.example/exports",
                    "Take your numbers elsewhere."
                ),
                new Feature("feeds", "Feeds", ["Feed Read"], true, ["pro"], null, "Everything new in one place."),
            ],
        };

    /// <summary>"Subscription Cancelled" ends a customer, "Subscription Reactivated" brings them back.</summary>
    public static ValueModel WithChurn(this ValueModel model) =>
        model with
        {
            Fingerprint = model.Fingerprint + "+churn",
            Churn = new ChurnDefinition { Events = ["Subscription Cancelled"], Returned = ["Subscription Reactivated"] },
        };
}
