using Signals.Core.Daily.Activation;

namespace Signals.Web.Api;

/// <summary>How fast tickets of the last 90 days were answered and solved, over all first and then by plan.</summary>
/// <param name="MeasuredAt">Null before the first pass.</param>
/// <param name="WorkingTime">True where hours are those of Monday to Friday.</param>
/// <param name="Support">Empty where there are no tickets.</param>
internal sealed record SupportAnswer(DateTimeOffset? MeasuredAt, bool WorkingTime, IReadOnlyList<SupportTimes> Support);
