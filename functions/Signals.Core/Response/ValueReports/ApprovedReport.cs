using System.Text.Json.Serialization;

namespace Signals.Core.Response.ValueReports;

/// <summary>A value report as a person approved it: what a customer may read, and no word of it changes any more.</summary>
/// <param name="Row">Its row, by which a link names it.</param>
/// <param name="At">When it was approved.</param>
/// <param name="By">By whom, as the audit trail names them.</param>
/// <param name="Ends">From then on no link shows it.</param>
/// <param name="Report">What it says.</param>
public sealed record ApprovedReport(string Row, DateTimeOffset At, string By, DateTimeOffset Ends, ValueReport Report);

/// <summary>Source-generated contracts of what this folder stores as JSON.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ApprovedReport))]
[JsonSerializable(typeof(ValueReport))]
internal sealed partial class ReportJson : JsonSerializerContext;
