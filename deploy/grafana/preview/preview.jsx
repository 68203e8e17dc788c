// Draws ../minutebook.json as Grafana does: its panels where they stand, their queries' answers from a Prometheus, with
// Grafana's own graphs, units and legends. For looking at the dashboard where no Grafana is to be had; ?minutes=N shows the
// last N minutes.
import { createRoot } from 'react-dom/client';
import { useEffect, useState } from 'react';
import {
  applyFieldOverrides,
  createTheme,
  dateTime,
  FieldColorModeId,
  FieldType,
  ThemeContext,
} from '@grafana/data';
import { GlobalStyles, PanelChrome, TimeSeries } from '@grafana/ui';
import dashboard from '../minutebook.json';

const theme = createTheme({ colors: { mode: 'light' } });
// As Grafana draws a time series by default.
const SERIES = {
  color: { mode: FieldColorModeId.PaletteClassic },
  custom: { drawStyle: 'line', lineWidth: 1, fillOpacity: 0, showPoints: 'auto', spanNulls: false },
};
const COLUMN = 1440 / 24;
const ROW = 38;
const GAP = 8;
const minutes = Number(new URLSearchParams(location.search).get('minutes') ?? 60);
const to = dateTime();
const from = dateTime(to).subtract(minutes, 'minutes');
const timeRange = { from, to, raw: { from, to } };
const step = Math.max(5, Math.round((minutes * 60) / 360));

async function ask(target) {
  const query = new URLSearchParams({
    query: target.expr,
    start: String(from.unix()),
    end: String(to.unix()),
    step: String(step),
  });
  const response = await fetch(`/prometheus/api/v1/query_range?${query}`);
  const answer = await response.json().catch(() => ({ error: 'No Prometheus answers. Set PROMETHEUS to its address.' }));
  if (answer.status !== 'success') {
    throw new Error(`${target.expr}: ${answer.error}`);
  }
  return answer.data.result.map((series) => frame(target, series));
}

function frame(target, series) {
  const name = target.legendFormat.replace(/{{\s*(\w+)\s*}}/g, (_, label) => series.metric[label] ?? '').trim();
  return {
    refId: target.refId,
    name,
    length: series.values.length,
    fields: [
      { name: 'Time', type: FieldType.time, config: {}, values: series.values.map(([time]) => time * 1000) },
      {
        name,
        type: FieldType.number,
        labels: {},
        config: { displayName: name },
        values: series.values.map(([, value]) => (value === 'NaN' ? null : Number(value))),
      },
    ],
  };
}

function Panel({ panel }) {
  const [frames, setFrames] = useState();
  const [failure, setFailure] = useState();
  useEffect(() => {
    Promise.all(panel.targets.map(ask))
      .then((answers) => setFrames(draw(panel, answers.flat())))
      .catch((e) => setFailure(String(e)));
  }, [panel]);
  const { x, y, w, h } = panel.gridPos;
  const width = w * COLUMN - GAP;
  const height = h * ROW - GAP;
  return (
    <div style={{ position: 'absolute', left: x * COLUMN, top: y * ROW, width, height }}>
      <PanelChrome title={panel.title} width={width} height={height}>
        {(innerWidth, innerHeight) => {
          if (failure) return <p>{failure}</p>;
          if (!frames) return <p>Asking…</p>;
          if (frames.length === 0) return <p>No data</p>;
          return (
            <TimeSeries
              frames={frames}
              timeRange={timeRange}
              timeZone="utc"
              width={innerWidth}
              height={innerHeight}
              legend={{ showLegend: true, displayMode: 'list', placement: 'bottom', calcs: [] }}
            />
          );
        }}
      </PanelChrome>
    </div>
  );
}

// The registry that would apply a panel's defaults to its fields is Grafana's; there are no overrides in the dashboard.
function draw(panel, data) {
  for (const { fields } of data) {
    const [, values] = fields;
    values.config = { ...SERIES, ...panel.fieldConfig.defaults, ...values.config };
  }
  return applyFieldOverrides({
    data,
    fieldConfig: { defaults: {}, overrides: [] },
    replaceVariables: (text) => text,
    theme,
    timeZone: 'utc',
  });
}

const rows = Math.max(...dashboard.panels.map(({ gridPos }) => gridPos.y + gridPos.h));
createRoot(document.getElementById('dashboard')).render(
  <ThemeContext.Provider value={theme}>
    <GlobalStyles />
    <h1 style={{ fontSize: 20, margin: 12 }}>{dashboard.title}</h1>
    <div style={{ position: 'relative', margin: 12, width: 24 * COLUMN, height: rows * ROW }}>
      {dashboard.panels.map((panel) => (
        <Panel key={panel.id} panel={panel} />
      ))}
    </div>
  </ThemeContext.Provider>,
);
