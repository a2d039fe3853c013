using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Signals.Core.Response.Suppressions;
using Signals.Core.State.Audit;

namespace Signals.Web.Api;

/// <summary>Who wants no mail, as CSV in and out. Both stream.</summary>
internal sealed class SuppressionsApi(SuppressionImport import, SuppressionExport export, AuditLog audit, TimeProvider clock)
{
    private const string Csv = "text/csv";
    private const string Who = "api";
    private const int MaxFaults = 100;

    /// <summary>A million addresses and some.</summary>
    private const long MaxBodyBytes = 100 * 1024 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

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
            new AuditEntry(clock.GetUtcNow(), Who, "suppressions.exported", "suppressions", $"{count} entries"),
            context.RequestAborted
        );
    }

    public async Task ImportAsync(HttpContext context)
    {
        if (context.Request.ContentType is { } type && !type.StartsWith(Csv, StringComparison.OrdinalIgnoreCase))
            throw ApiRefusal.BadParameter("Content-Type", type, Csv);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxBodyBytes;
        using var reader = new StreamReader(context.Request.Body, StrictUtf8, leaveOpen: true);
        var faults = new List<CsvFault>();
        SuppressionsImported done;
        try
        {
            done = await import.RunAsync(
                reader,
                fault =>
                {
                    if (faults.Count < MaxFaults)
                        faults.Add(fault);
                },
                context.RequestAborted
            );
        }
        catch (SuppressionFileException fault)
        {
            throw new ApiRefusal(StatusCodes.Status400BadRequest, fault.Message);
        }
        catch (DecoderFallbackException)
        {
            throw ApiRefusal.BadParameter("body", "bytes that are not UTF-8", "CSV in UTF-8; what came before them was imported");
        }
        await audit.WriteAsync(
            new AuditEntry(
                clock.GetUtcNow(),
                Who,
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
                [.. faults.Select(fault => new SuppressionFaultView(fault.Line, fault.Problem))]
            ),
            ApiJson.Default.SuppressionsImportedView
        );
    }
}

/// <summary>What an import did; of the lines that could not be read, the first hundred.</summary>
internal sealed record SuppressionsImportedView(
    int Entries,
    int Suppressed,
    int Known,
    int Faulty,
    IReadOnlyList<SuppressionFaultView> Faults
);

internal sealed record SuppressionFaultView(int Line, string Problem);
