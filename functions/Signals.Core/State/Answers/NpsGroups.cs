namespace Signals.Core.State.Answers;

/// <summary>The groups of the Net Promoter Score (Reichheld, "The One Number You Need to Grow", 2003).</summary>
public static class NpsGroups
{
    public static bool IsPromoter(double score) => score >= 9;

    public static bool IsDetractor(double score) => score <= 6;
}
