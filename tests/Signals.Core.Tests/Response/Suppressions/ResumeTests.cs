using Signals.Core.Model;
using Signals.Core.Response.Suppressions;

namespace Signals.Core.Tests.Response.Suppressions;

public sealed class ResumeTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 10, 9, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("help", CauseIds.Friction, true)]
    [InlineData("help", CauseIds.OnboardingStalled, true)]
    [InlineData("help", CauseIds.FeaturesUnused, false)]
    [InlineData("news", CauseIds.FeaturesUnused, true)]
    [InlineData("thanks", CauseIds.Delight, true)]
    [InlineData("help", CauseIds.PaymentFailing, false)]
    [InlineData("news", CauseIds.FeatureSunset, false)]
    public void A_kind_stops_the_mails_of_its_causes_and_no_notice(string kind, string cause, bool stopped) =>
        Assert.Equal(stopped, RecipientState.Unknown.Suppress(kind, "page:o-1", Now).IsSuppressed(cause));

    [Theory]
    [InlineData("page:o-1", true)]
    [InlineData("one-click:o-1", true)]
    [InlineData("bounce:o-1", false)]
    [InlineData("import", false)]
    public void What_the_link_stopped_is_taken_back_and_nothing_else(string source, bool resumed)
    {
        var state = RecipientState.Unknown.Suppress(null, source, Now);

        Assert.Equal(!resumed, (state.Resume() ?? state).IsSuppressed(null));
    }

    [Fact]
    public void Kinds_are_taken_back_and_a_cause_stopped_by_itself_stays()
    {
        var state = RecipientState.Unknown.Suppress("help", "page:o-1", Now).Suppress(CauseIds.Delight, "import", Now).Resume()!;

        Assert.False(state.IsSuppressed(CauseIds.Friction));
        Assert.True(state.IsSuppressed(CauseIds.Delight));
        Assert.Null(state.Resume());
    }
}
