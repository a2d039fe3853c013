namespace Signals.Core.Model;

/// <summary>Every number the causes use; each can be set under <c>causes</c> in the model, by the cause's id.</summary>
public sealed record CauseSettings
{
    public OnboardingStalledSettings OnboardingStalled { get; init; } = new();

    public ValueNotFoundSettings ValueNotFound { get; init; } = new();

    public FeaturesUnusedSettings FeaturesUnused { get; init; } = new();

    public FrictionSettings Friction { get; init; } = new();

    public SupportUnhappySettings SupportUnhappy { get; init; } = new();

    public UsageDropSettings UsageDrop { get; init; } = new();

    public ChampionLeftSettings ChampionLeft { get; init; } = new();

    public SeatsShrinkingSettings SeatsShrinking { get; init; } = new();

    public NeverTookOffSettings NeverTookOff { get; init; } = new();

    public PriceOverValueSettings PriceOverValue { get; init; } = new();

    public NeedsChangedSettings NeedsChanged { get; init; } = new();

    public PaymentFailingSettings PaymentFailing { get; init; } = new();

    public FeatureSunsetSettings FeatureSunset { get; init; } = new();

    public DelightSettings Delight { get; init; } = new();
}

/// <summary>
/// Account-level steps concern the first <see cref="FirstPeople"/> people of an account; a step that was failed
/// <see cref="Failures"/> times is stalled before its time has passed. A step unfinished for <see cref="ForgetDays"/> days is history.
/// </summary>
public sealed record OnboardingStalledSettings(int FirstPeople = 3, int Failures = 2, int ForgetDays = 90);

/// <summary>
/// Came <see cref="Sessions"/> times or more within the floor's window, yet stayed under the floor, from <see cref="AfterDays"/> days after
/// the first event on.
/// </summary>
public sealed record ValueNotFoundSettings(int Sessions = 2, int AfterDays = 7);

/// <summary>
/// Key features of the plan that nobody used in <see cref="Days"/> days, once the account is <see cref="AgeDays"/> days old and the
/// unused share of them is at least <see cref="Share"/>.
/// </summary>
public sealed record FeaturesUnusedSettings(int Days = 30, double Share = 0.5, int AgeDays = 30);

/// <summary>
/// One kind of obstacle met far more often per unit of value than the norm, which is the cohort's and the person's own of the
/// <see cref="BaselineDays"/> days of use before: in the last <see cref="Days"/> days of use, or all along. <see cref="Times"/> times the norm is
/// full confidence; fewer than <see cref="Count"/> occurrences are never sure. What people wrote of it counts for <see cref="WrittenDays"/> days.
/// </summary>
public sealed record FrictionSettings(int Days = 14, int Count = 5, double Times = 3, int BaselineDays = 56, int WrittenDays = 14);

/// <summary>
/// An NPS of <see cref="Nps"/> or less (0-10), a CSAT of <see cref="Csat"/> or less (1-5), an effort of <see cref="Ces"/> or more (1-7),
/// or words about service that are negative with confidence <see cref="Negative"/> or more, given within <see cref="Days"/> days.
/// Tickets have their own time: <see cref="TicketDefinition.WithinHours"/>.
/// </summary>
public sealed record SupportUnhappySettings(int Nps = 6, int Csat = 2, int Ces = 5, double Negative = 0.6, int Days = 30);

/// <summary>
/// Value of the last <see cref="Days"/> days fell by <see cref="Fall"/> (a share) or more under the account's own level of the
/// <see cref="BaselineDays"/> days before, which was real use: <see cref="ActiveDays"/> days or more with value. Without value for
/// <see cref="ForgetDays"/> days it is history.
/// </summary>
public sealed record UsageDropSettings(int Days = 14, double Fall = 0.5, int BaselineDays = 56, int ActiveDays = 6, int ForgetDays = 120);

/// <summary>
/// The person who carried <see cref="Share"/> or more of the account's value over <see cref="BaselineDays"/> days has been silent for
/// <see cref="SilentDays"/> days, in an account of <see cref="People"/> people or more; <see cref="SignDays"/> days are enough where their address
/// bounces or their role changed, and none where they were removed.
/// </summary>
public sealed record ChampionLeftSettings(int SilentDays = 14, double Share = 0.4, int BaselineDays = 56, int People = 2, int SignDays = 4);

/// <summary>
/// Active people over paid seats fell by <see cref="Fall"/> (a share) or more against <see cref="Days"/> days ago, when
/// <see cref="People"/> people or more were active.
/// </summary>
public sealed record SeatsShrinkingSettings(int Days = 30, double Fall = 0.25, int People = 3);

/// <summary>
/// <see cref="AgeDays"/> days after purchase or onboarding, less than <see cref="Share"/> of the account's people were ever active.
/// After <see cref="ForgetDays"/> days it is no longer about the start.
/// </summary>
public sealed record NeverTookOffSettings(int AgeDays = 28, double Share = 0.25, int ForgetDays = 180);

/// <summary>
/// Value per money paid over <see cref="Days"/> days in the cohort's lowest <see cref="Lowest"/> (a share) and under
/// <see cref="OfMedian"/> of its median, in a cohort of <see cref="Cohort"/> accounts or more.
/// </summary>
public sealed record PriceOverValueSettings(int Days = 30, int Cohort = 20, double Lowest = 0.1, double OfMedian = 0.5);

/// <summary>Intent to leave shown <see cref="Count"/> times or more within <see cref="Days"/> days.</summary>
public sealed record NeedsChangedSettings(int Count = 1, int Days = 30);

/// <summary>
/// <see cref="Failures"/> failed payments or more, the first of them <see cref="GraceHours"/> hours ago and none made good since.
/// After <see cref="ForgetDays"/> days it is history.
/// </summary>
public sealed record PaymentFailingSettings(int Failures = 1, double GraceHours = 24, int ForgetDays = 60);

/// <summary>Used what is being retired within <see cref="Days"/> days, and not its replacement.</summary>
public sealed record FeatureSunsetSettings(int Days = 30);

/// <summary>
/// An NPS of <see cref="Nps"/> or more, a CSAT of <see cref="Csat"/> or more, words that are positive with confidence
/// <see cref="Positive"/> or more, or value that rose by <see cref="Rise"/> (a share) or more over the level before, within
/// <see cref="Days"/> days.
/// </summary>
public sealed record DelightSettings(int Nps = 9, int Csat = 5, double Positive = 0.8, double Rise = 1, int Days = 14);
