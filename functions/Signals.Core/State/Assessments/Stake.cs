using Signals.Core.Platform.Statistics;

namespace Signals.Core.State.Assessments;

/// <summary>
/// What is at stake with an account: money times chance, a month. Scores lie close together where it is bad; this tells who is worth the
/// first look.
/// </summary>
public static class Stake
{
    /// <summary>One step of an order is a quarter more: a row of a list moves for that, not for every cent.</summary>
    private const double Step = 1.25;

    /// <summary>What the smallest step is worth.</summary>
    private const double Least = 0.01;

    private const int MostSteps = 999;

    /// <summary>Who pays nothing comes after all who pay, by chance.</summary>
    public const double LeastPrice = 0.01;

    /// <param name="price">A month, in the model's currency; 0 where nothing is paid.</param>
    /// <param name="logOdds">The risk; not calibrated its chance only ranks.</param>
    public static double Of(double price, double logOdds) => Math.Max(LeastPrice, price) * LogisticRegression.Logistic(logOdds);

    /// <summary>How many steps a stake is above nothing, 0 to 999.</summary>
    public static int Steps(double stake) => Math.Clamp((int)(Math.Log(1 + Math.Max(0, stake) / Least) / Math.Log(Step)), 0, MostSteps);

    /// <summary>Three digits by which lists begin with the most at stake.</summary>
    public static string Order(int steps) => (MostSteps - steps).ToString("D3");
}
