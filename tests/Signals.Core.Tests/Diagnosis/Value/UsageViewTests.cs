using Signals.Core.Diagnosis.Value;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.State.Histories;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Value;

public sealed class UsageViewTests
{
    private static readonly int Start = Days.Of(SignalsWorld.Start);

    [Fact]
    public void Ranges_of_days_are_sums_of_days_wherever_they_begin_and_end()
    {
        var random = new Random(3);
        var model = StoryModels.OfPeople;
        var history = new History();
        double[] value = new double[120];
        int[] reports = new int[120];
        for (int i = 0; i < 300; i++)
        {
            int day = random.Next(10, 100);
            bool video = random.Next(2) == 0;
            int minutes = random.Next(0, 9);
            history.Record(
                video ? "Video Watched" : "Report Shared",
                Days.Start(Start + day).AddMinutes(random.Next(1440)),
                true,
                video ? [PropertySum.Of(History.PropertyKey("Video Watched", "minutes"), minutes)] : []
            );
            value[day] += video ? minutes : 5;
            reports[day] += video ? 0 : 1;
        }
        var view = new UsageView(history, model);
        for (int i = 0; i < 500; i++)
        {
            int from = random.Next(0, 120),
                to = from + random.Next(0, 120 - from);
            Assert.Equal(value[from..(to + 1)].Sum(), view.Value(Start + from, Start + to), 6);
            Assert.Equal(value[from..(to + 1)].Count(day => day > 0), view.ValueDays(Start + from, Start + to));
            Assert.Equal(reports[from..(to + 1)].Sum(), view.Count(["Report Shared"], Start + from, Start + to));
        }
        Assert.Equal(Start + Array.FindLastIndex(value, day => day > 0), view.LastValueDay);
    }

    [Fact]
    public void An_empty_history_holds_nothing_and_breaks_nothing()
    {
        var view = new UsageView(new History(), StoryModels.OfPeople);
        Assert.Equal(
            (0, 0, 0, 0L),
            (view.Value(0, Start), view.Sessions(0, Start), view.ValueDays(Start, Start), view.CountEver(["Report Shared"]))
        );
        Assert.Null(view.FirstDay);
        Assert.Null(view.NewestDay);
        Assert.Null(view.LastValueDay);
        Assert.Null(view.LastOf(["Report Shared"]));
        Assert.Null(view.Distinct(new ReachDefinition(["Message Delivered"], "to"), 0, Start));
    }
}
