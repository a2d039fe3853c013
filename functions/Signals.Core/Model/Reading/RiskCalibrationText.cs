using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Signals.Core.Model.Reading;

/// <summary>
/// Puts a calibration into the text of a model file and leaves everything else as it was written: order, comments and layout.
/// </summary>
public static class RiskCalibrationText
{
    private const string Section = "risk";
    private const int Digits = 6;

    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonReaderOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The file with that section in place of the one it had, or after everything else.</summary>
    /// <param name="model">The text of a valid model file.</param>
    /// <param name="calibration">What to put in.</param>
    public static byte[] Put(ReadOnlySpan<byte> model, RiskCalibration calibration)
    {
        int start = model.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        string newLine = model.IndexOf("\r\n"u8) >= 0 ? "\r\n" : "\n";
        string section = Encoding.UTF8.GetString(Write(calibration)).ReplaceLineEndings(newLine + "  ");
        var (from, to, exists) = Place(model, start);
        if (exists)
            return [.. model[..from], .. Encoding.UTF8.GetBytes(section), .. model[to..]];
        byte[] text = Encoding.UTF8.GetBytes($"{newLine}{newLine}  \"{Section}\": {section}");
        int comma = CommaAfter(model, to),
            end = EndOfRemarks(model, comma < 0 ? to : comma + 1);
        return [.. model[..to], .. comma < 0 ? ","u8 : [], .. model[to..end], .. text, .. model[end..]];
    }

    /// <summary>Where the section's value stands, or where the last of the other values does.</summary>
    private static (int From, int To, bool Exists) Place(ReadOnlySpan<byte> model, int start)
    {
        var reader = new Utf8JsonReader(model[start..], Lenient);
        reader.Read();
        int from = start,
            to = start;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isSection = reader.ValueTextEquals(Section);
            reader.Read();
            from = start + (int)reader.TokenStartIndex;
            reader.Skip();
            to = start + (int)reader.BytesConsumed;
            if (isSection)
                return (from, to, true);
        }
        return (from, to, false);
    }

    /// <summary>Past the remarks that stand on the same line.</summary>
    private static int EndOfRemarks(ReadOnlySpan<byte> model, int position)
    {
        int end = position;
        while (position < model.Length)
        {
            var rest = model[position..];
            if (rest[0] is (byte)' ' or (byte)'\t')
            {
                position++;
                continue;
            }
            if (rest.StartsWith("//"u8))
                return position + (rest.IndexOfAny((byte)'\r', (byte)'\n') is >= 0 and var line ? line : rest.Length);
            if (!rest.StartsWith("/*"u8) || rest.IndexOf("*/"u8) is not (>= 0 and var close))
                break;
            position += close + 2;
            end = position;
        }
        return end;
    }

    /// <summary>The comma that follows a value, comments and space passed over; -1 when there is none.</summary>
    private static int CommaAfter(ReadOnlySpan<byte> model, int position)
    {
        while (position < model.Length)
        {
            var rest = model[position..];
            if (rest[0] == (byte)',')
                return position;
            if (rest.StartsWith("//"u8))
                position += rest.IndexOf((byte)'\n') is >= 0 and var end ? end + 1 : rest.Length;
            else if (rest.StartsWith("/*"u8))
                position += rest.IndexOf("*/"u8) is >= 0 and var end ? end + 2 : rest.Length;
            else if (rest[0] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
                position++;
            else
                return -1;
        }
        return -1;
    }

    private static byte[] Write(RiskCalibration calibration)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
        {
            writer.WriteStartObject();
            writer.WriteString("date", calibration.Date.ToString("yyyy-MM-dd"));
            writer.WriteNumber("horizonDays", calibration.HorizonDays);
            writer.WriteStartObject("data");
            writer.WriteString("name", calibration.Data.Name);
            writer.WriteString("sha256", calibration.Data.Sha256);
            writer.WriteNumber("accounts", calibration.Data.Accounts);
            writer.WriteNumber("churned", calibration.Data.Churned);
            writer.WriteEndObject();
            if (calibration.CrossValidated is { } figures)
                Write(writer, figures);
            writer.WriteStartObject("levels");
            Number(writer, "watch", calibration.Levels.Watch);
            Number(writer, "at-risk", calibration.Levels.AtRisk);
            Number(writer, "critical", calibration.Levels.Critical);
            writer.WriteEndObject();
            Number(writer, "intercept", calibration.Intercept);
            if (calibration.BaseRate is { } rate)
                Number(writer, "baseRate", rate);
            if (calibration.Later.Count > 0)
                Write(writer, calibration.Later);
            if (calibration.Curves.Count > 0)
                Write(writer, calibration.Curves);
            writer.WriteStartObject("weights");
            foreach (var (feature, weight) in calibration.Weights)
            {
                writer.WriteStartObject(feature);
                Number(writer, "weight", weight.Weight);
                Number(writer, "centre", weight.Centre);
                Number(writer, "scale", weight.Scale);
                writer.WriteEndObject();
            }
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<LaterHazard> later)
    {
        writer.WriteStartArray("later");
        foreach (var interval in later)
        {
            writer.WriteStartObject();
            writer.WriteNumber("fromDays", interval.FromDays);
            writer.WriteNumber("toDays", interval.ToDays);
            Number(writer, "intercept", interval.Intercept);
            Number(writer, "slope", interval.Slope);
            Number(writer, "decision", interval.Decision);
            Number(writer, "baseRate", interval.BaseRate);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, IReadOnlyList<CurvePoint>> curves)
    {
        writer.WriteStartObject("curves");
        foreach (var (feature, points) in curves)
        {
            writer.WriteStartObject(feature);
            writer.WriteStartArray("points");
            foreach (var point in points)
            {
                writer.WriteStartObject();
                Number(writer, "at", point.At);
                Number(writer, "adds", point.Adds);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, CalibrationFigures figures)
    {
        writer.WriteStartObject("crossValidated");
        writer.WriteNumber("folds", figures.Folds);
        Number(writer, "auc", figures.Auc);
        Number(writer, "aucFrom", figures.AucFrom);
        Number(writer, "aucTo", figures.AucTo);
        Number(writer, "averagePrecision", figures.AveragePrecision);
        Number(writer, "topDecileLift", figures.TopDecileLift);
        Number(writer, "brier", figures.Brier);
        Number(writer, "referenceAuc", figures.ReferenceAuc);
        writer.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter writer, string name, double value) => writer.WriteNumber(name, Math.Round(value, Digits));
}
