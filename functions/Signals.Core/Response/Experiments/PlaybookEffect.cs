using Signals.Core.Model;
using Signals.Core.Platform.Statistics;

namespace Signals.Core.Response.Experiments;

/// <summary>What a playbook's messages achieved.</summary>
/// <param name="Playbook">The playbook now.</param>
/// <param name="Message">Its message against none, however it went.</param>
/// <param name="Templates">Its alternative template against its usual one; null without an alternative.</param>
public sealed record PlaybookEffect(Playbook Playbook, Comparison Message, Comparison? Templates)
{
    /// <summary>The lot puts half of the people on each template.</summary>
    private const double HalfAndHalf = 0.5;

    /// <summary>
    /// Those that were to be cards first, against those held out of that; null where there were none. Whether a card was seen makes no
    /// difference to which side it is on: who comes to the product sees cards and reaches goals, card or none.
    /// </summary>
    public Comparison? Cards { get; private init; }

    /// <summary>Those that were mails from the start; null where none were cards, for <see cref="Message"/> says it then.</summary>
    public Comparison? Mails { get; private init; }

    /// <summary>The message against none in each of the model's segments whose accounts were written to or held out.</summary>
    public IReadOnlyList<SegmentEffect> Segments { get; private init; } = [];

    public static PlaybookEffect Of(Playbook playbook, IReadOnlyList<EffectSum> sums, ValueModel model)
    {
        var bySegment = model
            .Segments.Select(segment => (segment.Id, Sums: sums.Where(sum => sum.Segment == segment.Id).ToList()))
            .Where(segment => segment.Sums.Count > 0)
            .Select(segment => new SegmentEffect(segment.Id, Against(segment.Sums, model.Outreach.Holdout)))
            .ToList();
        var all = OfAll(playbook, [.. sums.Where(sum => sum.Segment is null)], model.Outreach.Holdout);
        return bySegment.Count == 0 ? all : all with { Segments = bySegment };
    }

    private static PlaybookEffect OfAll(Playbook playbook, IReadOnlyList<EffectSum> sums, double holdout)
    {
        bool anyCards = sums.Any(sum => sum.Card),
            anyMails = sums.Any(sum => !sum.Card);
        return new(
            playbook,
            Against(sums, holdout),
            playbook.Alternative is { } alternative
                ? new Comparison(
                    Sum(sums, sum => !sum.HeldOut && sum.Template == alternative),
                    Sum(sums, sum => !sum.HeldOut && sum.Template == playbook.Message),
                    HalfAndHalf
                )
                : null
        )
        {
            Cards = anyCards ? Against([.. sums.Where(sum => sum.Card)], holdout) : null,
            Mails = anyCards && anyMails ? Against([.. sums.Where(sum => !sum.Card)], holdout) : null,
        };
    }

    private static Comparison Against(IReadOnlyList<EffectSum> sums, double holdout) =>
        new(Sum(sums, sum => !sum.HeldOut), Sum(sums, sum => sum.HeldOut), holdout);

    private static Arm Sum(IReadOnlyList<EffectSum> sums, Func<EffectSum, bool> side) =>
        new(sums.Where(side).Sum(sum => sum.People), sums.Where(side).Sum(sum => sum.Reached));
}

/// <summary>What a playbook's message achieved in the accounts of a segment, as they were when it was planned.</summary>
/// <param name="Segment">The segment's id.</param>
/// <param name="Message">Its message against none.</param>
public sealed record SegmentEffect(string Segment, Comparison Message);
