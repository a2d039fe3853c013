using Signals.Core.Daily.Activation;
using Signals.Core.Daily.Figures;
using Signals.Core.Daily.Retention;
using Signals.Core.Daily.Revenue;
using Signals.Core.Daily.Satisfaction;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Segments;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.State.Answers;

namespace Signals.Core.Daily.Measures;

/// <summary>
/// Gathers <see cref="OwnSegmentMeasures"/> and the features and retention of each of the model's segments, one account after the other.
/// </summary>
/// <remarks>
/// Who stayed is asked of those who were in the segment when the period began: what somebody does not do because they left would make
/// every segment of those who do it look loyal.
/// </remarks>
public sealed class OwnSegmentSurvey(ValueModel model, MeasureCalendar calendar)
{
    private readonly Entry[] _entries = [.. model.Segments.Select(segment => new Entry(segment, model, calendar))];

    public void Add(AccountContext account, AccountMarks marks)
    {
        if (_entries.Length == 0)
            return;
        var money = new RevenueMarks(account, calendar);
        foreach (var entry in _entries)
            entry.Add(account, marks, money);
    }

    /// <summary>Each segment beside the rest, in the model's order.</summary>
    public OwnSegmentMeasures Measure(int knownFrom) =>
        new([.. _entries.Select(entry => new OwnSegmentMeasure(entry.Id, entry.In.Measure(knownFrom), entry.Rest.Measure(knownFrom)))]);

    /// <summary>The segments as kinds of accounts are told, in the model's order.</summary>
    public SegmentMeasures Groups(int knownFrom) =>
        new(SegmentKind.Own, [.. _entries.Select(entry => entry.In.Group.Measure(entry.Id, knownFrom))]);

    private sealed class Entry(SegmentDefinition segment, ValueModel model, MeasureCalendar calendar)
    {
        public string Id => segment.Id;

        public Side In { get; } = new(model, calendar);

        public Side Rest { get; } = new(model, calendar);

        public void Add(AccountContext account, AccountMarks marks, RevenueMarks money)
        {
            var known = new Dictionary<int, bool>();
            (IsIn(account.Today) ? In : Rest).Add(account, money);
            In.Group.Add(marks, IsIn);
            Rest.Group.Add(marks, day => !IsIn(day));

            bool IsIn(int day)
            {
                if (!known.TryGetValue(day, out bool isIn))
                    known[day] = isIn = AccountSegments.Holds(segment, account, day);
                return isIn;
            }
        }
    }

    private sealed class Side(ValueModel model, MeasureCalendar calendar)
    {
        private readonly StartSurvey _starts = new(model, calendar);
        private readonly FeedbackSurvey _feedback = new(calendar);
        private readonly LevelFigures[] _levels = new LevelFigures[RiskLevels.Names.Count];

        public GroupSurvey Group { get; } = new(model, calendar);

        public void Add(AccountContext account, RevenueMarks money)
        {
            _starts.Add(account);
            _feedback.Add(account.Account.Feedback);
            if (money.Risk is { } risk && !account.IsChurned)
                _levels[(int)risk.Level] += new LevelFigures(1, money.Now);
        }

        public SegmentSide Measure(int knownFrom) =>
            new()
            {
                Levels = [.. _levels],
                Start = _starts.All(),
                Funnel = _starts.Funnels() is [var everybody, ..] ? everybody : null,
                Latest = Group.Measure("", knownFrom).Latest,
                Nps = [.. _feedback.ByPerson().Where(score => score.Kind == FeedbackKind.Nps)],
            };
    }
}
