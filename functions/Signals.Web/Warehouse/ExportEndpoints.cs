using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Signals.Core.Model;
using Signals.Core.Platform.Csv;
using Signals.Web.Api;
using Signals.Web.Dashboard.Access;
using Signals.Web.Security;

namespace Signals.Web.Warehouse;

/// <summary>
/// Tables for a warehouse, as JSON lines or CSV: what changed since a cursor, and in <c>Signals-Cursor</c> the next one. It works for
/// ever: <c>Signals-More: false</c> says that the loader knows everything, and may come again later with that cursor.
/// </summary>
internal sealed class ExportEndpoints(ExportReader reader, ValueModel model, TimeProvider clock)
{
    public const string CursorHeader = "Signals-Cursor";
    public const string MoreHeader = "Signals-More";

    private const int UsualRows = 1000;
    private const int MostRows = 5000;

    private static readonly string[] Formats = ["ndjson", "csv"];

    /// <summary>Behind the token; whole lists of people's addresses are for a manager, as elsewhere.</summary>
    public void Map(RouteGroupBuilder api)
    {
        var export = api.MapGroup("/export");
        export.MapGet("/accounts", (RequestDelegate)AccountsAsync).Needs(DashboardRole.Reader);
        export.MapGet("/assessments", (RequestDelegate)AssessmentsAsync).Needs(DashboardRole.Reader);
        export.MapGet("/alerts", (RequestDelegate)AlertsAsync).Needs(DashboardRole.Reader);
        export.MapGet("/people", (RequestDelegate)PeopleAsync).Needs(DashboardRole.Manager);
        export.MapGet("/outreach", (RequestDelegate)OutreachAsync).Needs(DashboardRole.Manager);
    }

    private Task AccountsAsync(HttpContext context) =>
        AnswerAsync(
            context,
            "accounts",
            ExportJson.Default.ExportedAccount,
            (from, limit, token) =>
                reader.AccountsAsync(
                    from,
                    limit,
                    (source, since) => source.Review.ReviewedAt < since ? null : ExportedAccount.Of(source.Account, source.Review, model),
                    token
                )
        );

    private Task AssessmentsAsync(HttpContext context) =>
        AnswerAsync(
            context,
            "assessments",
            ExportJson.Default.ExportedAssessment,
            (from, limit, token) =>
                reader.AccountsAsync(
                    from,
                    limit,
                    static (source, since) =>
                        source.Review.ReviewedAt < since ? null : ExportedAssessment.Of(source.Account, source.Review),
                    token
                )
        );

    private Task AlertsAsync(HttpContext context) =>
        AnswerAsync(
            context,
            "alerts",
            ExportJson.Default.ExportedAlert,
            (from, limit, token) =>
                reader.AccountsAsync(
                    from,
                    limit,
                    // A review may change an alert's score and causes without anything happening to it.
                    static (source, since) =>
                        source.Alert is { } alert && (alert.LastChangeAt >= since || source.Review.ReviewedAt >= since)
                            ? ExportedAlert.Of(alert)
                            : null,
                    token
                )
        );

    private Task PeopleAsync(HttpContext context) => AnswerAsync(context, "people", ExportJson.Default.ExportedPerson, reader.PeopleAsync);

    private Task OutreachAsync(HttpContext context) =>
        AnswerAsync(context, "outreach", ExportJson.Default.ExportedOutreach, reader.OutreachAsync);

    private async Task AnswerAsync<T>(
        HttpContext context,
        string table,
        JsonTypeInfo<T> contract,
        Func<ExportPosition, int, CancellationToken, Task<ExportPart<T>>> read
    )
    {
        var request = context.Request;
        string format = Query.OneOf(request, "format", Formats) ?? Formats[0];
        int limit = LimitOf(request);
        var now = clock.GetUtcNow();
        var from = ExportPosition.Read(request, table, now) ?? ExportPosition.First(table, now);
        var part = await read(from, limit, context.RequestAborted);
        context.Response.Headers[MoreHeader] = part.Next is null ? "false" : "true";
        context.Response.Headers[CursorHeader] = (part.Next ?? from.Next).Write();
        if (format == "csv")
            await WriteCsvAsync(context, table, contract, part.Rows);
        else
            await WriteLinesAsync(context, contract, part.Rows);
    }

    private static int LimitOf(HttpRequest request) =>
        Query.One(request, "limit") is not { } text ? UsualRows
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int limit) && limit is >= 1 and <= MostRows ? limit
        : throw ApiRefusal.BadParameter("limit", text, $"a number of rows from 1 to {MostRows}");

    private static async Task WriteLinesAsync<T>(HttpContext context, JsonTypeInfo<T> contract, IReadOnlyList<T> rows)
    {
        context.Response.ContentType = "application/x-ndjson; charset=utf-8";
        var body = context.Response.BodyWriter;
        foreach (var row in rows)
        {
            await using (var writer = new Utf8JsonWriter(body))
                JsonSerializer.Serialize(writer, row, contract);
            body.Write("\n"u8);
            await body.FlushAsync(context.RequestAborted);
        }
    }

    /// <summary>A column for each member, in their order; what is no single value stands as JSON.</summary>
    private static async Task WriteCsvAsync<T>(HttpContext context, string table, JsonTypeInfo<T> contract, IReadOnlyList<T> rows)
    {
        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{table}.csv\"";
        var columns = contract.Properties;
        await using var writer = new StreamWriter(
            context.Response.Body,
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            leaveOpen: true
        );
        var csv = new CsvWriter(writer);
        await csv.RowAsync([.. columns.Select(column => column.Name)]);
        foreach (var row in rows)
            await csv.RowAsync([.. columns.Select(column => CellOf(column, column.Get!(row!), contract.Options))]);
    }

    private static object? CellOf(JsonPropertyInfo column, object? value, JsonSerializerOptions options) =>
        value is null or string or IFormattable or bool ? value : JsonSerializer.Serialize(value, options.GetTypeInfo(column.PropertyType));
}
