using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Signals.Core.Response.Suppressions;
using Signals.Core.State.Audit;
using Signals.Web.Security;

namespace Signals.Web.Api;

/// <summary>Who wants no mail, as CSV in and out. Neither is held in memory.</summary>
internal sealed class SuppressionsApi(SuppressionImport import, SuppressionExport export, AuditLog audit, TimeProvider clock)
{
    private const string Csv = "text/csv";

    /// <summary>What browsers and spreadsheets call such a file.</summary>
    private static readonly string[] Types =
    [
        Csv,
        "application/csv",
        "text/plain",
        "text/tab-separated-values",
        "application/vnd.ms-excel",
    ];
    private const int MaxFaults = 100;

    /// <summary>A million addresses and some.</summary>
    private const long MaxBodyBytes = 100 * 1024 * 1024;

    public async Task ExportAsync(HttpContext context)
    {
        context.Response.ContentType = $"{Csv}; charset=utf-8";
        context.Response.Headers.ContentDisposition = "attachment; filename=\"suppressions.csv\"";
        await using var writer = new StreamWriter(
            context.Response.Body,
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            leaveOpen: true
        );
        int count = await export.WriteAsync(writer, context.RequestAborted);
        await audit.WriteAsync(
            new AuditEntry(clock.GetUtcNow(), ApiCaller.Of(context).Name, "suppressions.exported", "suppressions", $"{count} entries"),
            context.RequestAborted
        );
    }

    public async Task ImportAsync(HttpContext context)
    {
        if (context.Request.ContentType is { } type && !Types.Contains(type.Split(';')[0].Trim(), StringComparer.OrdinalIgnoreCase))
            throw ApiRefusal.BadParameter("Content-Type", type, Csv);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxBodyBytes;
        // It is read twice: looked at as a whole first.
        context.Request.EnableBuffering();
        var told = new List<CsvFault>();
        SuppressionsImported done;
        try
        {
            done = await import.RunAsync(
                context.Request.Body,
                fault =>
                {
                    if (told.Count(known => known.IsTaken == fault.IsTaken) < MaxFaults)
                        told.Add(fault);
                },
                context.RequestAborted
            );
        }
        catch (SuppressionFileException fault)
        {
            throw new ApiRefusal(StatusCodes.Status400BadRequest, fault.Message);
        }
        await audit.WriteAsync(
            new AuditEntry(
                clock.GetUtcNow(),
                ApiCaller.Of(context).Name,
                "suppressions.imported",
                "suppressions",
                $"{done.Suppressed} new, {done.Known} known, {done.Faults} not read"
            ),
            context.RequestAborted
        );
        await ApiAnswers.WriteAsync(
            context,
            new SuppressionsImportedView(
                done.Entries,
                done.Suppressed,
                done.Known,
                done.Faults,
                [.. told.Where(fault => !fault.IsTaken).Select(fault => new SuppressionFaultView(fault.Line, fault.Problem))],
                done.Notes,
                [.. told.Where(fault => fault.IsTaken).Select(fault => new SuppressionFaultView(fault.Line, fault.Problem))]
            ),
            ApiJson.Default.SuppressionsImportedView
        );
    }
}

/// <summary>
/// What an import did; of the lines that could not be read (faults), and of those of which only the address was (notes), the first hundred.
/// </summary>
internal sealed record SuppressionsImportedView(
    int Entries,
    int Suppressed,
    int Known,
    int Faulty,
    IReadOnlyList<SuppressionFaultView> Faults,
    int Noted,
    IReadOnlyList<SuppressionFaultView> Notes
);

internal sealed record SuppressionFaultView(int Line, string Problem);
