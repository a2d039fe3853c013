using Signals.Core.Platform.Languages;

namespace Signals.Core.State.Assessments;

/// <summary>One of health's dimensions: what the account gets there, and what that counts for.</summary>
/// <param name="Id"><c>depth</c>, <c>breadth</c> or <c>reach</c>, in the first days <c>start</c> too.</param>
/// <param name="Amount">
/// Key features used, people active, or own customers reached in the window; of the start set-up steps done and the first value.
/// </param>
/// <param name="Of">
/// Key features of the plan, paid seats (known people where there are none), or steps and the first value; null for reach, which has no
/// end.
/// </param>
/// <param name="PerPrice">The amount for each 100 of the model's currency a month; null for accounts that pay nothing.</param>
/// <param name="Standing">The share of comparable accounts that get no more for their money, 0 to 1; null without enough of them.</param>
/// <param name="Points">What it contributes to the score.</param>
/// <param name="Most">What it would contribute at best; 0 where nothing tells how much there should be.</param>
public sealed record HealthPart(string Id, double Amount, double? Of, double? PerPrice, double? Standing, int Points, int Most)
{
    public const string Depth = "depth";
    public const string Breadth = "breadth";
    public const string Reach = "reach";
    public const string Start = "start";
}

/// <summary>The part that has most to gain, how many points that is, and what it would take, as a CS manager would say it.</summary>
public sealed record HealthAdvice(string Part, int Points, Phrase Text);
