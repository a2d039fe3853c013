namespace Signals.Core.Model;

/// <summary>Every number the causes use; each can be set under <c>causes</c> in the model.</summary>
public sealed record CauseSettings
{
    public ValueNotFoundSettings ValueNotFound { get; init; } = new();

    public OnboardingStalledSettings OnboardingStalled { get; init; } = new();

    public FeaturesUnusedSettings FeaturesUnused { get; init; } = new();

    public UsageDropSettings UsageDrop { get; init; } = new();
}

/// <summary>Came <see cref="Sessions"/> times or more within the floor's window, yet stayed under the floor.</summary>
public sealed record ValueNotFoundSettings(int Sessions = 2);

/// <summary>
/// Account-level steps concern the first <see cref="FirstPeople"/> people of an account; a step that was failed
/// <see cref="Failures"/> times is stalled before its time has passed. A step unfinished for <see cref="ForgetDays"/> days is history.
/// </summary>
public sealed record OnboardingStalledSettings(int FirstPeople = 3, int Failures = 2, int ForgetDays = 90);

/// <summary>
/// Key features of the plan that nobody used in <see cref="Days"/> days, once the account is <see cref="AgeDays"/> days old and the
/// unused share of them is at least <see cref="Share"/>.
/// </summary>
public sealed record FeaturesUnusedSettings(int Days = 30, double Share = 0.5, int AgeDays = 30);

/// <summary>
/// Value of the last <see cref="Days"/> days fell by <see cref="Fall"/> (a share) or more under the account's own level of the
/// <see cref="BaselineDays"/> days before, which was real use: <see cref="ActiveDays"/> days or more with value.
/// </summary>
public sealed record UsageDropSettings(int Days = 14, double Fall = 0.5, int BaselineDays = 56, int ActiveDays = 6);
