namespace Signals.Core.Model.Reading;

/// <summary>The kinds of numbers that several causes have in the file.</summary>
internal static class CauseNumbers
{
    public static readonly Expected<int> WindowDays = Expect.Whole("days", 1, 90);

    public static readonly Expected<int> BaselineDays = Expect.Whole("days", 7, 300);

    public static readonly Expected<int> LongDays = Expect.Whole("days", 1, 365);

    public static readonly Expected<int> Count = Expect.Whole("a count", 1, 10_000);

    public static readonly Expected<double> Share = Expect.Number("a share", 0.01, 1);

    public static readonly Expected<double> Confidence = Expect.Number("a confidence", 0, 1);

    public static readonly Expected<int> Nps = Expect.Whole("an NPS", 0, 10);

    public static readonly Expected<int> Csat = Expect.Whole("a CSAT", 1, 5);

    public static readonly Expected<int> Ces = Expect.Whole("an effort", 1, 7);
}
