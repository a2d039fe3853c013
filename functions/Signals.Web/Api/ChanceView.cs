using System.Text.Json.Serialization;

namespace Signals.Web.Api;

/// <summary>The probability to leave within so many days, and that of all customers.</summary>
internal sealed record ChanceView(
    int Days,
    double Probability,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Usual
);
