using Signals.Core.Daily.Revenue;

namespace Signals.Web.Api;

/// <summary>The money of all customers as of the last pass; amounts are a month's. Null before the first pass.</summary>
internal sealed record RevenueAnswer(DateTimeOffset? MeasuredAt, string Currency, RevenueMeasures? Revenue);
