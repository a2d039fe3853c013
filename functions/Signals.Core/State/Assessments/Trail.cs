using System.Text.Json.Serialization;
using Signals.Core.Model;
using Signals.Core.Platform.Serialization;

namespace Signals.Core.State.Assessments;

/// <summary>
/// How an account fared: the days on which health, score or level became another, oldest first; each holds until the next. The oldest are
/// forgotten beyond <see cref="MaxPoints"/>, four months when every day brings news. Some five bytes a point.
/// </summary>
[JsonConverter(typeof(TrailConverter))]
public sealed class Trail
{
    public const int MaxPoints = 120;

    private readonly List<TrailPoint> _points = [];

    public static Trail None { get; } = new();

    public IReadOnlyList<TrailPoint> Points => _points;

    /// <summary>The trail after a review: of a day's reviews the last counts, and one that found nothing new adds nothing.</summary>
    public Trail With(TrailPoint point)
    {
        var trail = new Trail();
        trail._points.AddRange(_points.Where(known => known.Day < point.Day));
        if (trail._points.Count == 0 || !trail._points[^1].SameAs(point))
            trail._points.Add(point);
        if (trail._points.Count > MaxPoints)
            trail._points.RemoveRange(0, trail._points.Count - MaxPoints);
        return trail;
    }

    /// <summary>
    /// Since which day the level is what it is, and what it was before; healthy before the trail begins. Not of an empty trail.
    /// </summary>
    public (int Day, RiskLevel Before) LevelSince
    {
        get
        {
            int first = _points.Count - 1;
            while (first > 0 && _points[first - 1].Level == _points[^1].Level)
                first--;
            return (_points[first].Day, first == 0 ? RiskLevel.Healthy : _points[first - 1].Level);
        }
    }

    /// <summary>The trail with what was worked out afterwards of the days before one, in place of what it said of them.</summary>
    public Trail WithPast(IEnumerable<TrailPoint> past, int until)
    {
        var trail = None;
        foreach (var point in past.Where(point => point.Day < until).Concat(_points.Where(point => point.Day >= until)))
            trail = trail.With(point);
        return trail;
    }

    internal byte[] Pack()
    {
        var writer = new PackWriter();
        writer.Count(_points.Count);
        int previous = 0;
        foreach (var point in _points)
        {
            writer.Signed(point.Day - previous);
            writer.Byte((byte)Math.Clamp(point.Health, 0, 100));
            writer.Byte((byte)Math.Clamp(point.Score, 0, 100));
            writer.Byte((byte)point.Level);
            previous = point.Day;
        }
        return writer.ToArray();
    }

    /// <summary>Throws <see cref="InvalidDataException"/> on bytes that <see cref="Pack"/> did not write.</summary>
    internal static Trail Unpack(ReadOnlySpan<byte> packed)
    {
        const int LeastBytes = 4;
        var reader = new PackReader(packed);
        var trail = new Trail();
        int day = 0;
        for (int count = reader.Count(LeastBytes); count > 0; count--)
        {
            day += (int)reader.Signed();
            trail._points.Add(new TrailPoint(day, reader.Byte(), reader.Byte(), (RiskLevel)reader.Byte()));
        }
        return trail;
    }
}
