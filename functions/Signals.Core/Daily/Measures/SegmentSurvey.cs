using Signals.Core.Daily.Retention;
using Signals.Core.Model;
using Signals.Core.Platform.Time;

namespace Signals.Core.Daily.Measures;

/// <summary>
/// Gathers measures of each segment by itself. Stages and plans are the customer's own words: of very many, the first met count.
/// </summary>
public sealed class SegmentSurvey(ValueModel model, MeasureCalendar calendar)
{
    /// <summary>Segments of a kind that are told apart; accounts of further ones count in the whole only.</summary>
    public const int MaxGathered = 20;

    /// <summary>Features times segments that one row holds.</summary>
    private const int MaxFigures = 2000;

    private readonly Dictionary<Segment, GroupSurvey> _segments = [];

    public void Add(IEnumerable<Segment> segments, AccountMarks account)
    {
        foreach (var segment in segments)
        {
            if (!_segments.TryGetValue(segment, out var survey) && _segments.Keys.Count(known => known.By == segment.By) < MaxGathered)
                _segments[segment] = survey = new GroupSurvey(model, calendar);
            survey?.Add(account);
        }
    }

    /// <summary>The segments of a kind with most accounts, these first; see <see cref="GroupSurvey.Measure"/>.</summary>
    public SegmentMeasures Measure(SegmentKind by, int knownFrom)
    {
        int room = Math.Clamp(MaxFigures / Math.Max(1, model.Features.Count), 1, SegmentMeasures.MaxSegments);
        return new SegmentMeasures(by, [.. Of(by).Take(room).Select(segment => segment.Survey.Measure(segment.Value, knownFrom))]);
    }

    /// <summary>Every segment of a kind that was told apart, the largest first.</summary>
    public IEnumerable<(string Value, GroupSurvey Survey)> Of(SegmentKind by) =>
        _segments
            .Where(segment => segment.Key.By == by)
            .OrderByDescending(segment => segment.Value.Accounts)
            .ThenBy(segment => segment.Key.Value, StringComparer.Ordinal)
            .Select(segment => (segment.Key.Value, segment.Value));
}
