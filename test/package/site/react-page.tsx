import './api.js';
import type {} from '@cakupan/coverage-widget/react';
import { useState } from 'react';

export function Page() {
  const [code, setCode] = useState('19.03');
  const [isCompact, setCompact] = useState(false);
  const [heard, setHeard] = useState<string[]>([]);
  return (
    <main>
      <coverage-widget
        region={code}
        live
        compact={isCompact}
        heading-level={2}
        oncoverage-ready={({ detail }) => setHeard([...heard, detail.region.code])}
      >
        <a href="/r/19.03">Cakupan Bangka Selatan</a>
      </coverage-widget>
      <button type="button" onClick={() => setCode('19')}>
        Provinsi
      </button>
      <button type="button" onClick={() => setCompact(!isCompact)}>
        Ringkas
      </button>
      <output>{heard.join(' ')}</output>
    </main>
  );
}
