namespace Signals.Core.Model.Reading;

/// <summary>Every cause's numbers: what the file says, over the defaults.</summary>
internal static class CausesSection
{
    private static readonly Expected<int> WindowDays = Expect.Whole("days", 1, 90);
    private static readonly Expected<int> BaselineDays = Expect.Whole("days", 7, 300);
    private static readonly Expected<int> LongDays = Expect.Whole("days", 1, 365);
    private static readonly Expected<int> Count = Expect.Whole("a count", 1, 10_000);
    private static readonly Expected<double> Share = Expect.Number("a share", 0.01, 1);
    private static readonly Expected<double> Confidence = Expect.Number("a confidence", 0, 1);
    private static readonly Expected<int> Nps = Expect.Whole("an NPS", 0, 10);
    private static readonly Expected<int> Csat = Expect.Whole("a CSAT", 1, 5);
    private static readonly Expected<int> Ces = Expect.Whole("an effort", 1, 7);

    public static CauseSettings Read(ObjectReader model)
    {
        var usual = new CauseSettings();
        return model.Object("causes", causes => new CauseSettings
        {
            OnboardingStalled = Read(causes, CauseIds.OnboardingStalled, usual.OnboardingStalled, ReadOnboardingStalled),
            ValueNotFound = Read(causes, CauseIds.ValueNotFound, usual.ValueNotFound, ReadValueNotFound),
            FeaturesUnused = Read(causes, CauseIds.FeaturesUnused, usual.FeaturesUnused, ReadFeaturesUnused),
            Friction = Read(causes, CauseIds.Friction, usual.Friction, ReadFriction),
            SupportUnhappy = Read(causes, CauseIds.SupportUnhappy, usual.SupportUnhappy, ReadSupportUnhappy),
            UsageDrop = Read(causes, CauseIds.UsageDrop, usual.UsageDrop, ReadUsageDrop),
            ChampionLeft = Read(causes, CauseIds.ChampionLeft, usual.ChampionLeft, ReadChampionLeft),
            SeatsShrinking = Read(causes, CauseIds.SeatsShrinking, usual.SeatsShrinking, ReadSeatsShrinking),
            NeverTookOff = Read(causes, CauseIds.NeverTookOff, usual.NeverTookOff, ReadNeverTookOff),
            PriceOverValue = Read(causes, CauseIds.PriceOverValue, usual.PriceOverValue, ReadPriceOverValue),
            NeedsChanged = Read(causes, CauseIds.NeedsChanged, usual.NeedsChanged, ReadNeedsChanged),
            PaymentFailing = Read(causes, CauseIds.PaymentFailing, usual.PaymentFailing, ReadPaymentFailing),
            FeatureSunset = Read(causes, CauseIds.FeatureSunset, usual.FeatureSunset, ReadFeatureSunset),
            Delight = Read(causes, CauseIds.Delight, usual.Delight, ReadDelight),
        }) ?? usual;
    }

    private static T Read<T>(ObjectReader causes, string cause, T usual, Func<ObjectReader, T, T> read)
        where T : class => causes.Object(cause, settings => read(settings, usual)) ?? usual;

    private static OnboardingStalledSettings ReadOnboardingStalled(ObjectReader cause, OnboardingStalledSettings usual) => new(
        cause.Read("firstPeople", Count, usual.FirstPeople),
        cause.Read("failures", Count, usual.Failures),
        cause.Read("forgetDays", LongDays, usual.ForgetDays));

    private static ValueNotFoundSettings ReadValueNotFound(ObjectReader cause, ValueNotFoundSettings usual) => new(
        cause.Read("sessions", Count, usual.Sessions),
        cause.Read("afterDays", Expect.Whole("days", 0, 365), usual.AfterDays));

    private static FeaturesUnusedSettings ReadFeaturesUnused(ObjectReader cause, FeaturesUnusedSettings usual) => new(
        cause.Read("days", LongDays, usual.Days),
        cause.Read("share", Share, usual.Share),
        cause.Read("ageDays", Expect.Whole("days", 0, 365), usual.AgeDays));

    private static FrictionSettings ReadFriction(ObjectReader cause, FrictionSettings usual) => new(
        cause.Read("days", WindowDays, usual.Days),
        cause.Read("count", Count, usual.Count),
        cause.Read("times", Expect.Number("a factor", 1, 100), usual.Times),
        cause.Read("baselineDays", BaselineDays, usual.BaselineDays),
        cause.Read("writtenDays", WindowDays, usual.WrittenDays));

    private static SupportUnhappySettings ReadSupportUnhappy(ObjectReader cause, SupportUnhappySettings usual) => new(
        cause.Read("nps", Nps, usual.Nps),
        cause.Read("csat", Csat, usual.Csat),
        cause.Read("ces", Ces, usual.Ces),
        cause.Read("negative", Confidence, usual.Negative),
        cause.Read("days", LongDays, usual.Days));

    private static UsageDropSettings ReadUsageDrop(ObjectReader cause, UsageDropSettings usual)
    {
        var baseline = cause.Read("baselineDays", BaselineDays, usual.BaselineDays);
        var active = cause.Read("activeDays", Expect.Whole("days", 1, 300), Math.Min(usual.ActiveDays, baseline));
        if (active > baseline)
            cause.RefuseProperty("activeDays", $"at most the {baseline} days of the baseline");
        return new(
            cause.Read("days", WindowDays, usual.Days),
            cause.Read("fall", Share, usual.Fall),
            baseline,
            active,
            cause.Read("forgetDays", LongDays, usual.ForgetDays));
    }

    private static ChampionLeftSettings ReadChampionLeft(ObjectReader cause, ChampionLeftSettings usual) => new(
        cause.Read("silentDays", WindowDays, usual.SilentDays),
        cause.Read("share", Share, usual.Share),
        cause.Read("baselineDays", BaselineDays, usual.BaselineDays),
        cause.Read("people", Count, usual.People),
        cause.Read("signDays", WindowDays, usual.SignDays));

    private static SeatsShrinkingSettings ReadSeatsShrinking(ObjectReader cause, SeatsShrinkingSettings usual) => new(
        cause.Read("days", WindowDays, usual.Days),
        cause.Read("fall", Share, usual.Fall),
        cause.Read("people", Count, usual.People));

    private static NeverTookOffSettings ReadNeverTookOff(ObjectReader cause, NeverTookOffSettings usual)
    {
        var age = cause.Read("ageDays", LongDays, usual.AgeDays);
        var forget = cause.Read("forgetDays", LongDays, Math.Max(usual.ForgetDays, age));
        if (forget < age)
            cause.RefuseProperty("forgetDays", $"at least the {age} days of \"ageDays\"");
        return new(age, cause.Read("share", Share, usual.Share), forget);
    }

    private static PriceOverValueSettings ReadPriceOverValue(ObjectReader cause, PriceOverValueSettings usual) => new(
        cause.Read("days", WindowDays, usual.Days),
        cause.Read("cohort", Expect.Whole("accounts", 5, 10_000), usual.Cohort),
        cause.Read("lowest", Expect.Number("a share", 0.01, 0.5), usual.Lowest),
        cause.Read("ofMedian", Share, usual.OfMedian));

    private static NeedsChangedSettings ReadNeedsChanged(ObjectReader cause, NeedsChangedSettings usual) => new(
        cause.Read("count", Count, usual.Count),
        cause.Read("days", LongDays, usual.Days));

    private static PaymentFailingSettings ReadPaymentFailing(ObjectReader cause, PaymentFailingSettings usual) => new(
        cause.Read("failures", Count, usual.Failures),
        cause.Read("graceHours", Expect.Number("hours", 0, 720), usual.GraceHours),
        cause.Read("forgetDays", LongDays, usual.ForgetDays));

    private static FeatureSunsetSettings ReadFeatureSunset(ObjectReader cause, FeatureSunsetSettings usual) => new(
        cause.Read("days", LongDays, usual.Days));

    private static DelightSettings ReadDelight(ObjectReader cause, DelightSettings usual) => new(
        cause.Read("nps", Nps, usual.Nps),
        cause.Read("csat", Csat, usual.Csat),
        cause.Read("positive", Confidence, usual.Positive),
        cause.Read("rise", Expect.Number("a share", 0.01, 100), usual.Rise),
        cause.Read("days", WindowDays, usual.Days));
}
